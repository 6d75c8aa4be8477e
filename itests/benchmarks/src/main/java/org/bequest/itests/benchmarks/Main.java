// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.PrintWriter;
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
        header = "Measure Bequest, and beside it Apache Pekko and Erlang/OTP.",
        customSynopsis = "bequest bench [SUITE...] [--quick] [--json]",
        description = {
            "",
            "Each case is measured of Bequest in a container, of Pekko's typed actors, and of Erlang/OTP where 'erl' is on"
                    + " the path; pools of Bequest and commons-pool2. One after the other on the same machine. Lower is better"
                    + " in all of them.",
            ""
        },
        footer = {
            "",
            "A line for each case: how many processes it is about, how many ask at the same time, Bequest's figure, and for"
                    + " each peer its figure and how many times Bequest's that is.",
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
            description = "What to measure: processes, supervisors, pools. Default: all.")
    private List<String> suites = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Take a minute, not six: the smallest sizes only, briefly. Not to be quoted.")
    private boolean quick;

    @Option(names = "--json", description = "Print each result as one JSON object, on a line of its own.")
    private boolean json;

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
        Side peer = subject.suite().peer;
        Figure ours = figure(subject, Side.BEQUEST, scale);
        Map<String, Figure> peers = new LinkedHashMap<>();
        Figure theirs = figure(subject, peer, scale);
        if (theirs != null) {
            peers.put(peer.title, theirs);
        }
        boolean isOtps = subject.suite().isOtps();
        Figure erlang = otp == null || !isOtps ? null : figure(subject, Report.OTP, () -> otp.measure(subject, scale));
        if (erlang != null) {
            peers.put(Report.OTP, erlang);
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
