// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

        Launched shell = Launched.of(scratch, commands, "shell");

        assertThat(comparable(shell.lines()))
                .as("%s", session)
                .containsExactlyInAnyOrderElementsOf(comparable(answers));
        assertThat(shell.status()).as("no command failed").isZero();
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
