// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures Bequest and its peers. */
@Command(
        name = "bench",
        sortOptions = false,
        usageHelpAutoWidth = true,
        header = "Measure Bequest, and beside it its peers.",
        customSynopsis = "bequest bench [SUITE...] [--quick] [--json] | --page PAGE [PAGE...]",
        description = {
            "",
            "Each case is measured of Bequest in a container, and of those who do the same: Erlang/OTP where 'erl' is on the"
                    + " path, Apache Pekko's typed actors, commons-pool2, the JDK's concurrent maps, JCTools' map, Caffeine"
                    + " and H2's MVStore. One after the other on the same machine. Lower is better in all of them.",
            ""
        },
        footer = {
            "",
            "A line for each case: how many processes or rows it is about, how many ask at the same time, Bequest's figure,"
                    + " and for each peer its figure and how many times Bequest's that is.",
            "",
            "Exit code 0: all was measured. 1: something could not be. 2: bad arguments.",
            "",
            "itests/benchmarks/README.md says how each case is measured."
        })
final class Main implements Callable<Integer> {
    private static final String CLEAR_LINE = "\r\033[K";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SUITE",
            arity = "0..*",
            description =
                    "What to measure: processes, supervisors, pools, tables, memory, ownership, swap. Default: all.")
    private List<String> suites = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Take two minutes, not twenty: the smallest sizes only, briefly. Not to be quoted.")
    private boolean quick;

    @Option(names = "--json", description = "Print each result as one JSON object, on a line of its own.")
    private boolean json;

    @Option(
            names = "--page",
            paramLabel = "PAGE",
            arity = "1..*",
            description =
                    "Measure nothing. Put figures that --json has printed into a page in Markdown, and draw them. They are"
                            + " beside it: performance/figures.jsonl for performance.md. More pages get the chosen ones.")
    private List<Path> pages = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private final Scale smallest;
    private boolean failed;

    private Main(Scale smallest) {
        this.smallest = smallest;
    }

    public static void main(String[] args) {
        System.exit(commandLine(Scale.QUICK).execute(args));
    }

    /** @param quick what {@code --quick} is to mean */
    static CommandLine commandLine(Scale quick) {
        return new CommandLine(new Main(quick)).setParameterExceptionHandler((e, args) -> misunderstood(e));
    }

    private static int misunderstood(ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("bequest: " + e.getMessage());
        err.println("Try './bequest bench --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() throws Exception {
        if (!pages.isEmpty()) {
            return renew();
        }
        Scale scale = quick ? smallest : Scale.FULL;
        List<Suite> chosen = suites.isEmpty()
                ? List.of(Suite.values())
                : suites.stream().map(this::suite).distinct().toList();
        try (Otp otp = Otp.find().orElse(null)) {
            if (otp == null) {
                note("There is no Erlang on the path: Bequest is not compared with it");
            }
            for (Suite suite : chosen) {
                measure(suite, otp, scale);
            }
        }
        return failed ? 1 : 0;
    }

    private int renew() {
        try {
            new Page(pages.get(0)).renew(pages.subList(1, pages.size()));
            return 0;
        } catch (IOException e) {
            note("bequest: " + pages.get(0) + " was not renewed: " + e.getMessage());
            return 1;
        }
    }

    private Suite suite(String name) {
        return Stream.of(Suite.values())
                .filter(suite -> suite.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no suite '" + name + "', only "
                                + Stream.of(Suite.values()).map(Suite::toString).collect(Collectors.joining(", "))));
    }

    private void measure(Suite suite, @Nullable Otp otp, Scale scale) {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.println(Report.header(suite));
            out.flush();
        }
        for (Case subject : suite.cases(scale)) {
            Result result = measure(subject, otp, scale);
            out.println(json ? result.toJson() : Report.line(result));
            out.flush();
        }
        if (!json) {
            out.println();
        }
    }

    private Result measure(Case subject, @Nullable Otp otp, Scale scale) {
        Figure ours = figure(subject, Side.BEQUEST, scale);
        Map<String, Figure> peers = new LinkedHashMap<>();
        for (Side peer : subject.peers()) {
            Figure theirs = figure(subject, peer, scale);
            if (theirs != null) {
                peers.put(peer.title, theirs);
            }
        }
        if (otp != null && subject.erlang() != null) {
            Figure theirs = figure(subject, subject.erlang(), () -> otp.measure(subject, scale));
            if (theirs != null) {
                peers.put(subject.erlang(), theirs);
            }
        }
        return new Result(subject, ours, peers);
    }

    private @Nullable Figure figure(Case subject, Side side, Scale scale) {
        return figure(subject, side.title, () -> subject.measure().of(subject, side, scale));
    }

    /** Null if it could not be measured, which is told. */
    private @Nullable Figure figure(Case subject, String side, Callable<Figure> measurement) {
        progress("Measuring " + subject + " of " + side);
        try {
            return measurement.call();
        } catch (Exception e) {
            failed = true;
            note("bequest: " + subject + " could not be measured of " + side + ": " + e);
            return null;
        } finally {
            progress("");
        }
    }

    /** On a terminal, a line that is written over. Elsewhere the results that come are enough. */
    private void progress(String line) {
        if (Boolean.getBoolean("bequest.terminal")) {
            PrintWriter err = spec.commandLine().getErr();
            err.print(CLEAR_LINE + line);
            err.flush();
        }
    }

    private void note(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
