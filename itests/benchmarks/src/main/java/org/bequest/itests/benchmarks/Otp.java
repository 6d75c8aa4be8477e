// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The peer that is not on the JVM: {@code bench.erl}, compiled when it is needed. {@link #close} removes what was compiled. */
final class Otp implements AutoCloseable {
    private static final String PROGRAM = "bench.erl";
    private static final String MOST_PROCESSES = "4000000";

    private final Path folder;

    private Otp(Path folder) {
        this.folder = folder;
    }

    /** Empty if there is no Erlang on the path. */
    static Optional<Otp> find() throws Exception {
        if (!onPath("erl") || !onPath("erlc")) {
            return Optional.empty();
        }
        Otp otp = new Otp(Files.createTempDirectory("bequest-otp-"));
        try {
            otp.compile();
            return Optional.of(otp);
        } catch (Exception e) {
            otp.close();
            throw e;
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void compile() throws Exception {
        Path source = folder.resolve(PROGRAM);
        try (InputStream in = Otp.class.getClassLoader().getResourceAsStream(PROGRAM)) {
            Files.copy(in, source);
        }
        int exit = new ProcessBuilder("erlc", "-o", folder.toString(), source.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("erlc did not compile " + PROGRAM + ": exit code " + exit);
        }
    }

    /** Measures in an Erlang of its own. */
    Figure measure(Case subject, Scale scale) throws Exception {
        return OneShot.answer(List.of(
                "erl",
                "+P",
                MOST_PROCESSES,
                "-noshell",
                "-noinput",
                "-pa",
                folder.toString(),
                "-run",
                "bench",
                "main",
                subject.suite().toString(),
                subject.name(),
                Integer.toString(subject.size()),
                Integer.toString(subject.threads()),
                Integer.toString(scale.warmupMillis),
                Integer.toString(scale.measurementMillis),
                Integer.toString(scale.samples)));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
