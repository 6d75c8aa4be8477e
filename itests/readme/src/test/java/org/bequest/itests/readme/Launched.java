// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What came of a run of {@code ./bequest}. */
record Launched(int status, List<String> lines, List<String> errors) {
    private static final long LIMIT_SECONDS = 120;

    /** @param input what is piped into it */
    static Launched of(Path scratch, List<String> input, String... arguments) throws IOException, InterruptedException {
        Path in = Files.write(scratch.resolve("in"), input);
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        List<String> command = new ArrayList<>(List.of("./bequest"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Pages.CHECKOUT.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> errors = Files.readAllLines(err);
        errors.forEach(System.err::println);
        assertThat(ended).as("ended within %s s", LIMIT_SECONDS).isTrue();
        return new Launched(process.exitValue(), Files.readAllLines(out), errors);
    }
}
