// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program that takes commands, one a line, and has {@code echo} among them: by this it is known where an answer ends. */
final class Terminal implements AutoCloseable {
    private static final String MARK = "end-of-answer";
    private static final String ENDED = "end-of-program";
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final long LIMIT_SECONDS = 180;

    private final Process program;
    private final PrintStream in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();

    Terminal(ProcessBuilder builder) throws IOException {
        program = builder.start();
        in = new PrintStream(program.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader lines = program.inputReader(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(lines), "reads what " + builder.command() + " says");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.add(COLOUR.matcher(line).replaceAll(""));
            }
        } catch (IOException closed) {
            // by close(): nobody wants to know the rest
        }
        out.add(ENDED);
    }

    /** What the program says to the command. */
    List<String> type(String command) throws InterruptedException {
        in.println(command);
        in.println("echo " + MARK);
        List<String> answer = new ArrayList<>();
        for (; ; ) {
            String line = out.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(ENDED)) {
                throw new AssertionError("No answer to '" + command + "' but " + answer);
            }
            if (line.equals(MARK)) {
                return answer;
            }
            answer.add(line);
        }
    }

    /** Has the program end, and returns its exit code. */
    int exit() throws InterruptedException {
        in.println("exit");
        assertThat(program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return program.exitValue();
    }

    @Override
    public void close() {
        in.close();
        program.destroy();
    }
}
