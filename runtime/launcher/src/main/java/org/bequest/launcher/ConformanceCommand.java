// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays what Erlang has once answered, and compares. */
@Command(
        name = "conformance",
        sortOptions = false,
        header = "Do to tables, or supervisors, what was once done to those of Erlang, and compare every answer.",
        description = {
            "",
            "Replays recordings: files of programs, each of which is a table, or a supervisor, and what was done with it,"
                    + " operation by operation, with what Erlang/OTP has answered and done. Each program runs on a fresh table"
                    + " or supervisor of Bequest, in a container with its bundles. Nothing is filtered: where Bequest differs"
                    + " on purpose, it disagrees all the same.",
            ""
        },
        footer = {
            "",
            "Prints for each file how many programs and operations it has, and how many operations agreed and disagreed;"
                    + " then the first disagreement, with what was done, what was expected, and what came. After that, the rest"
                    + " of its program means nothing, as the two are no longer the same: all of it counts as disagreed."
                    + " So does a line that cannot be read, as one operation at least. The last line is the sum over all files,"
                    + " in operations: N passed, N failed.",
            "",
            "Exit code 0: all agreed. 1: something did not, or could not be read. 2: bad arguments.",
            "",
            "Examples:",
            "  ./bequest conformance ets                    what comes with Bequest",
            "  ./bequest conformance ets mine.jsonl         another recording",
            "  ./bequest conformance ets --all mine.jsonl   and all that disagrees",
            "  ./bequest conformance supervisor             the other recording that comes with Bequest",
            "",
            "itests/conformance/README.md describes the format."
        })
final class ConformanceCommand implements Callable<Integer> {
    private static final String ETS = "ets";
    private static final String SUPERVISOR = "supervisor";
    private static final List<String> SUITES = List.of(ETS, SUPERVISOR);

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SUITE",
            description = "What is replayed. ets: tables. supervisor: supervisors.")
    private String suite;

    @Parameters(
            index = "1..*",
            paramLabel = "FILE",
            arity = "0..*",
            description = "Recordings, in JSON Lines. Default: the one that comes with Bequest.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "For ets: the storage engine that keeps the tables. Default: heap.")
    private @Nullable String engine;

    @Option(names = "--all", description = "Print the first disagreement of every program, not of every file.")
    private boolean all;

    @Override
    public Integer call() throws Exception {
        if (!SUITES.contains(suite)) {
            throw misunderstood("There is no suite '" + suite + "', only " + String.join(" and ", SUITES));
        }
        if (engine != null && !suite.equals(ETS)) {
            throw misunderstood("--engine is for " + ETS + " only");
        }
        files.forEach(this::checkReadable);
        if (suite.equals(SUPERVISOR)) {
            keepQuietAboutCrashes();
        }
        try (Container container = new Container(Scratch.create().resolve("container"), Map.of())) {
            container.start(Container.bundles("conformance"));
            return replay(container) ? 0 : 1;
        }
    }

    /** Children crash by the hundred there, because they should. Unless somebody has asked to be told. */
    private static void keepQuietAboutCrashes() {
        if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
            System.getProperties().putIfAbsent("org.slf4j.simpleLogger.log.org.bequest", "off");
        }
    }

    private void checkReadable(Path file) {
        if (!Files.exists(file)) {
            throw misunderstood("There is no file " + file);
        }
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw misunderstood(file + (Files.isDirectory(file) ? " is a directory" : " cannot be read"));
        }
    }

    private ParameterException misunderstood(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Returns whether all agreed. */
    @SuppressWarnings("unchecked")
    private boolean replay(Container container) throws Exception {
        Function<Map<String, Object>, Map<String, Object>> conformance =
                container.service(Function.class, "(&(bequest.command=conformance)(bequest.suite=" + suite + "))");
        PrintWriter out = spec.commandLine().getOut();
        long passed = 0;
        long failed = 0;
        List<@Nullable Path> recordings = new ArrayList<>(files);
        if (recordings.isEmpty()) {
            recordings.add(null);
        }
        for (Path file : recordings) {
            Map<String, Object> result = replay(conformance, file);
            out.println(Agreement.of(file == null ? suite + " (built in)" : file.toString(), result, all));
            out.flush();
            passed += (long) result.get("agreed");
            failed += (long) result.get("disagreed");
        }
        out.println(passed + " passed, " + failed + " failed");
        return failed == 0;
    }

    private Map<String, Object> replay(
            Function<Map<String, Object>, Map<String, Object>> conformance, @Nullable Path file) {
        try {
            return conformance.apply(options(file));
        } catch (IllegalArgumentException e) {
            throw misunderstood(e.getMessage());
        }
    }

    private Map<String, Object> options(@Nullable Path file) {
        Map<String, Object> options = new HashMap<>();
        if (engine != null) {
            options.put("engine", engine);
        }
        if (file != null) {
            options.put("file", file);
        }
        return options;
    }
}
