// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures where JMH does not fit. In a JVM of its own, which is this class's program; or in this one. */
record OneShot(Case.Measure here) implements Case.Measure {
    /** Of each JVM in which something is measured. A million processes need room. */
    static final List<String> JVM_OPTIONS = jvmOptions();

    static Case.Measure of(Case.Measure here) {
        return new OneShot(here);
    }

    @Override
    public Figure of(Case subject, Side side, Scale scale) throws Exception {
        if (!scale.forks) {
            return here.of(subject, side, scale);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OneShot.class.getName()));
        command.addAll(List.of(subject.suite().name(), subject.toString(), side.name(), scale.name()));
        return answer(command);
    }

    /** Measures one case and prints the figure. Arguments: suite, case, side, scale. */
    public static void main(String[] args) throws Exception {
        Scale scale = Scale.valueOf(args[3]);
        Case subject = Suite.valueOf(args[0]).cases(scale).stream()
                .filter(one -> one.toString().equals(args[1]))
                .findFirst()
                .orElseThrow();
        Figure figure = ((OneShot) subject.measure()).here.of(subject, Side.valueOf(args[2]), scale);
        System.out.println(figure.toJson());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Runs a program whose last line is a figure. Its complaints come out with ours. */
    static Figure answer(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String last = "nothing";
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException("Exit code " + exit + ", after '" + last + "', of " + command);
            }
            return Figure.ofJson(last);
        } finally {
            process.destroy();
        }
    }

    private static List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of(
                // Memory that is used for the first time costs up to a microsecond for a kilobyte: not in the middle of
                // it. So the heap does not grow only because the collector has much to do, either.
                "-Xms700m",
                "-Xmx8g",
                "-Xmn300m",
                "-XX:+AlwaysPreTouch",
                "-XX:GCTimeRatio=1",
                "-Dslf4j.internal.verbosity=ERROR"));
        if (Runtime.version().feature() >= 24) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }
}
