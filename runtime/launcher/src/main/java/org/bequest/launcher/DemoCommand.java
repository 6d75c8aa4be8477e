// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Counts words while the worker that counts them is updated, swapped and killed. */
@Command(
        name = "demo",
        sortOptions = false,
        header = "Count words while the code that counts them is replaced and killed; check every count.",
        description = {
            "",
            "Streams the lines of text files through the worker of examples/word-count, over and over, while its bundle is"
                    + " updated in place, swapped side by side, and its process killed. Clients call it all the time. At the"
                    + " end its table is compared with an independent count of the same files.",
            ""
        },
        footer = {
            "",
            "A pause is the longest call of any client during one update. Exit code 0: nothing was lost or doubled, no call"
                    + " failed (those that a killed worker leaves unanswered are sent again), and the class loader of every"
                    + " replaced bundle was collected. 1: something of that is not so. 2: bad arguments."
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--updates",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Updates of the worker's bundle, half in place, half side by side. Default: ${DEFAULT-VALUE}.")
    private int updates;

    @Option(
            names = "--crashes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often to kill the worker's process. Default: ${DEFAULT-VALUE}.")
    private int crashes;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0",
            description =
                    "Go on for at least so long; updates and crashes are spread over it. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--json", description = "Print the results as one JSON object, on the last line.")
    private boolean json;

    @Parameters(
            paramLabel = "FILE or DIRECTORY",
            arity = "0..*",
            description = "Texts in UTF-8; a directory with all that is in it, except 'target' and '.git'."
                    + " Default: the sources and pages of this checkout.")
    private List<Path> paths = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        checkNotNegative("--updates", updates);
        checkNotNegative("--crashes", crashes);
        checkNotNegative("--seconds", seconds);
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(spec.commandLine().getErr(), updates, crashes);
        Path scratch = Scratch.create();
        Map<String, Path> texts = texts(Files.createDirectory(scratch.resolve("texts")), progress);

        Map<String, Object> results = run(scratch.resolve("container"), texts, progress);
        Verdict verdict = Verdict.of(results);
        progress.end();
        out.println(json ? Json.of(results) : Report.of(results));
        verdict.complaints().forEach(progress::note);
        return verdict.complaints().isEmpty() ? 0 : 1;
    }

    private void checkNotNegative(String option, int value) {
        if (value < 0) {
            throw misunderstood(option + " must not be negative, was " + value);
        }
    }

    private Map<String, Path> texts(Path copies, Progress progress) throws IOException {
        try {
            return Texts.collect(paths, Path.of(System.getProperty("bequest.checkout", "")), copies, progress::note);
        } catch (IllegalArgumentException e) {
            throw misunderstood(e.getMessage());
        }
    }

    private ParameterException misunderstood(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> run(Path storage, Map<String, Path> texts, Progress progress) throws Exception {
        Map<String, Object> options = Map.of(
                "updates", updates,
                "crashes", crashes,
                "seconds", seconds,
                "texts", texts,
                "jars", List.of(Build.wordCount("v1"), Build.wordCount("v2")));
        try (Container container = new Container(storage, Map.of())) {
            container.start(List.of(Build.wordCount("demo")));
            BiFunction<Map<String, Object>, Consumer<Map<String, Object>>, Map<String, Object>> demo =
                    container.service(BiFunction.class, "(bequest.command=demo)");
            return demo.apply(options, progress::show);
        }
    }
}
