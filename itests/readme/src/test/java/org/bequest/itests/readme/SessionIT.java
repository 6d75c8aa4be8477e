// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shell answers as the pages show it. What differs from run to run does not count: pids, the numbers of bundles, the
 * order of rows in a set and of pairs in a map, the width of columns, and whether a process that has just answered waits
 * already.
 */
final class SessionIT {
    static final String PROMPT = "bequest> ";
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    Path scratch;

    static Stream<Snippet> sessions() throws IOException {
        return Pages.all().flatMap(page -> Snippet.of(page).stream()).filter(snippet -> snippet.file()
                .equals(Snippet.SESSION));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void shellAnswersAsShown(Snippet session) throws Exception {
        List<String> commands = session.shown().stream()
                .filter(line -> line.startsWith(PROMPT))
                .map(line -> line.substring(PROMPT.length()))
                .toList();
        List<String> answers = session.shown().stream()
                .filter(line -> !line.startsWith(PROMPT))
                .toList();

        List<String> said = shell(commands);

        assertThat(comparable(said)).as("%s", session).containsExactlyInAnyOrderElementsOf(comparable(answers));
    }

    private List<String> shell(List<String> commands) throws Exception {
        Path in = Files.write(scratch.resolve("in"), commands);
        Path out = scratch.resolve("out");
        ProcessBuilder builder = new ProcessBuilder("./bequest", "shell")
                .directory(Pages.CHECKOUT.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process shell = builder.start();
        boolean ended = shell.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        shell.destroyForcibly();
        assertThat(ended).as("ended within %s s", LIMIT_SECONDS).isTrue();
        assertThat(shell.exitValue()).as("no command failed").isZero();
        return Files.readAllLines(out);
    }

    /** Without what differs from run to run. */
    static List<String> comparable(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("<(\\d+)\\.[0-9a-f]+>", "<$1>")
                        .replaceAll("\\[\\d+]", "[n]")
                        .replaceAll("\\b\\d{12}\\b", "now")
                        .replaceAll("\\d+ s ago", "just now")
                        .replaceAll("\\brunning\\b", "waiting"))
                .map(line -> Stream.of(line.split("[\\s,{}]+"))
                        .filter(word -> !word.isEmpty())
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
