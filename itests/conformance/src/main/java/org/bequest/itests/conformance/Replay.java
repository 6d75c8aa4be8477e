// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bequest.table.Table;
import org.bequest.table.Tables;

/** Runs each program of a recording on a fresh table, and compares every answer. For one recording, in one thread. */
final class Replay {
    private final Tables tables;
    private final String engine;

    private final List<Disagreement> disagreements = new ArrayList<>();
    private int programs;
    private long agreed;
    private long disagreed;

    private Replay(Tables tables, String engine) {
        this.tables = tables;
        this.engine = engine;
    }

    /**
     * Replays a recording of {@code ets}.
     *
     * @param recording lines of JSON; buffered
     * @param engine that is to keep the tables
     * @throws org.bequest.table.NoEngineException if there is no such engine
     */
    static Result of(InputStream recording, Tables tables, String engine) throws IOException {
        Replay replay = new Replay(tables, engine);
        Lines lines = new Lines(recording);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            replay.line(line, lines.number());
        }
        if (replay.programs == 0) {
            // Nothing proves nothing: an empty file must not look like success.
            replay.unreadable(1, "-", 1, "There is no program in the file");
        }
        return new Result(replay.programs, replay.agreed, replay.disagreed, List.copyOf(replay.disagreements));
    }

    private void line(byte[] line, int number) {
        Program program;
        try {
            String text = Lines.text(line);
            if (text.isBlank()) {
                return;
            }
            program = Program.read(Json.parse(text));
        } catch (MalformedException e) {
            programs++;
            unreadable(number, "unknown", 1, e.getMessage());
            return;
        }
        programs++;
        run(program, number);
    }

    private void run(Program program, int line) {
        String name = "conformance-" + program.id() + "-" + UUID.randomUUID();
        Table table = tables.create(program.table(name).engine(engine));
        try {
            run(program, new EtsTable(table), line);
        } finally {
            table.drop();
        }
    }

    private void run(Program program, EtsTable table, int line) {
        int total = program.operations().size();
        for (int i = 0; i < total; i++) {
            String place = (i + 1) + " of " + total + ": ";
            try {
                Operation operation = Operation.read(program.operations().get(i));
                Answer answer = table.perform(operation);
                if (!operation.expectation().isMetBy(answer)) {
                    disagreed += total - i;
                    disagreements.add(new Disagreement(
                            line,
                            program.id(),
                            place + operation,
                            operation.expectation().toString(),
                            answer.toString()));
                    return;
                }
            } catch (MalformedException e) {
                unreadable(line, program.id(), total - i, place + e.getMessage());
                return;
            }
            agreed++;
        }
    }

    private void unreadable(int line, String program, int operations, String problem) {
        disagreed += operations;
        disagreements.add(new Disagreement(line, program, problem, "what this runner can read", "nothing was run"));
    }
}
