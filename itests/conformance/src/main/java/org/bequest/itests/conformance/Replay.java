// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs each program of a recording, and compares every answer. Several at a time, for most of what they do may be to wait. */
public final class Replay {
    private static final int THREADS = 16;

    /**
     * What came of a line.
     *
     * @param disagreement null if there is none
     */
    private record Outcome(
            long agreed, long disagreed, @Nullable Disagreement disagreement) {
        static Outcome unreadable(String problem, int line) {
            return failed(0, 1, line, "unknown", Replay.unreadable(problem));
        }

        static Outcome failed(int agreed, int total, int line, String program, Difference difference) {
            Disagreement disagreement =
                    new Disagreement(line, program, difference.operation(), difference.expected(), difference.got());
            return new Outcome(agreed, Math.max(1, total - agreed), disagreement);
        }
    }

    private final Suite suite;

    private Replay(Suite suite) {
        this.suite = suite;
    }

    /**
     * Replays a recording.
     *
     * @param recording lines of JSON; buffered
     */
    public static Result of(InputStream recording, Suite suite) throws IOException {
        Replay replay = new Replay(suite);
        List<CompletableFuture<@Nullable Outcome>> outcomes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Lines lines = new Lines(recording);
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                byte[] bytes = line;
                int number = lines.number();
                outcomes.add(CompletableFuture.supplyAsync(() -> replay.line(bytes, number), threads));
            }
            return sum(
                    outcomes.stream().map(Replay::get).filter(Objects::nonNull).toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static @Nullable Outcome get(CompletableFuture<@Nullable Outcome> outcome) {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static Result sum(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            // Nothing proves nothing: an empty file must not look like success.
            Difference difference = unreadable("There is no program in the file");
            return sum(List.of(Outcome.failed(0, 1, 1, "-", difference)), 0);
        }
        return sum(outcomes, outcomes.size());
    }

    private static Result sum(List<Outcome> outcomes, int programs) {
        return new Result(
                programs,
                outcomes.stream().mapToLong(Outcome::agreed).sum(),
                outcomes.stream().mapToLong(Outcome::disagreed).sum(),
                outcomes.stream()
                        .map(Outcome::disagreement)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** Null if there is nothing in it. */
    private @Nullable Outcome line(byte[] line, int number) {
        Execution execution;
        try {
            String text = Lines.text(line);
            if (text.isBlank()) {
                return null;
            }
            execution = suite.begin(Json.parse(text));
        } catch (MalformedException e) {
            return Outcome.unreadable(e.getMessage(), number);
        }
        try (execution) {
            return run(execution, number);
        }
    }

    private static Outcome run(Execution execution, int line) {
        List<?> operations = execution.operations();
        int total = operations.size();
        Difference difference = difference(execution::start);
        int agreed = 0;
        while (difference == null && agreed < total) {
            Object operation = operations.get(agreed);
            difference = difference(() -> execution.perform(operation));
            if (difference == null) {
                agreed++;
            } else {
                difference = difference.at((agreed + 1) + " of " + total);
            }
        }
        return difference == null
                ? new Outcome(total, 0, null)
                : Outcome.failed(agreed, total, line, execution.program(), difference);
    }

    private static @Nullable Difference difference(Supplier<@Nullable Difference> operation) {
        try {
            return operation.get();
        } catch (MalformedException e) {
            return unreadable(e.getMessage());
        }
    }

    private static Difference unreadable(String problem) {
        return new Difference(problem, "what this runner can read", "nothing was run");
    }
}
