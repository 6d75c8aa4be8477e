// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ./bequest example} does what it says, and what each example's page shows. */
final class ExamplesIT {
    @TempDir
    Path scratch;

    static Stream<Snippet> sessions() throws IOException {
        return Pages.all().flatMap(page -> Snippet.of(page).stream()).filter(snippet -> snippet.file()
                .equals(Snippet.REPLAY));
    }

    /** The answers are compared on the way, more exactly than here: see {@code Replay} in {@code runtime/shell}. */
    @ParameterizedTest
    @MethodSource("sessions")
    void replayPrintsWhatThePageShows(Snippet session) throws Exception {
        String example = session.page().getParent().getFileName().toString();

        Launched launched = Launched.of(scratch, List.of(), "example", example, "--replay");

        long steps = session.shown().stream()
                .filter(line -> line.startsWith(SessionIT.PROMPT))
                .count();
        List<String> expected = new ArrayList<>(session.shown());
        expected.add(example + ": " + steps + " steps, all as shown");
        assertThat(comparable(launched.lines())).as("%s", session).isEqualTo(comparable(expected));
        assertThat(launched.status()).isZero();
    }

    @Test
    void examplesAreListed_whenNoneIsNamed() throws Exception {
        Launched launched = Launched.of(scratch, List.of(), "example");

        assertThat(launched.lines())
                .allMatch(line -> line.matches(" {2}[a-z-]+ {2,}\\S.*"))
                .extracting(line -> line.strip().split(" ")[0])
                .containsExactlyElementsOf(names());
        assertThat(launched.status()).isZero();
    }

    @Test
    void unknownExampleIsRefused() throws Exception {
        Launched launched = Launched.of(scratch, List.of(), "example", "nonesuch");

        assertThat(launched.errors())
                .startsWith("bequest: There is no example 'nonesuch', only")
                .endsWith("Try './bequest help example'.")
                .filteredOn(line -> line.startsWith("  "))
                .extracting(line -> line.strip().split(" ")[0])
                .containsExactlyElementsOf(names());
        assertThat(launched.status()).isEqualTo(2);
    }

    @Test
    void commandsOfAnExampleNeedNoScope_whenPiped() throws Exception {
        Launched launched = Launched.of(
                scratch,
                List.of("new set private", "insert Supergirl \"Melissa Benoist\" 6.4", "lookup Supergirl"),
                "example",
                "tv-shows");

        assertThat(launched.lines())
                .containsExactly("Table 'tv_shows'", "true", "[{\"Supergirl\", \"Melissa Benoist\", 6.4}]");
        assertThat(launched.status()).isZero();
    }

    private static List<String> names() throws IOException {
        return sessions()
                .map(session -> session.page().getParent().getFileName().toString())
                .sorted()
                .toList();
    }

    private static List<String> comparable(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("<(\\d+\\.[0-9a-f]+|\\*)>", "<pid>")
                        .replaceAll("\\[\\d+]", "[n]")
                        .replaceAll("\\d+ s ago", "just now")
                        .replaceAll(" {2,}", "  ")
                        .stripTrailing())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
