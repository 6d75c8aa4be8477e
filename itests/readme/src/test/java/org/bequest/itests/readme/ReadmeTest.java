// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show is what the sources say, and what they link to is there. */
final class ReadmeTest {
    private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#:]*)#([^)]+)\\)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)|(?:src|srcset)=\"([^\"]+)\"");

    static Stream<Snippet> snippets() throws IOException {
        return Pages.all().flatMap(page -> Snippet.of(page).stream()).filter(snippet -> !snippet.isRun());
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void snippetIsWhatTheSourceSays(Snippet snippet) {
        assertThat(snippet.shown()).as("%s", snippet).isEqualTo(snippet.source());
    }

    @Test
    void readmeShowsAPluginAndAWorker() {
        assertThat(Snippet.of(Pages.CHECKOUT.resolve("README.md")))
                .extracting(snippet -> Path.of(snippet.file()).getFileName().toString())
                .contains("Visits.java", "WordCount.java");
    }

    @Test
    void tourShowsAllThatItsTestsHaveForIt() throws IOException {
        Set<String> shown = Snippet.of(Pages.CHECKOUT.resolve("docs/tables.md")).stream()
                .map(snippet -> snippet.file() + "#" + snippet.region())
                .collect(Collectors.toSet());
        assertThat(Snippet.regions(Path.of("itests/conformance/src/test/java/org/bequest/itests/conformance/tour")))
                .isNotEmpty()
                .allSatisfy(region -> assertThat(shown).contains(region));
    }

    @Test
    void everyLinkIntoTheCheckoutLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        Pages.all().forEach(page -> {
            Matcher link = LINK.matcher(String.join("\n", Pages.lines(page)));
            while (link.find()) {
                String to = link.group(1) == null ? link.group(2) : link.group(1);
                if (!to.contains("://") && !Files.exists(page.resolveSibling(to))) {
                    broken.add(Pages.CHECKOUT.relativize(page) + ": " + to);
                }
            }
        });
        assertThat(broken).isEmpty();
    }

    @Test
    void everyAnchorIsAHeading() {
        List<String> broken = new ArrayList<>();
        for (String name :
                List.of("README.md", "docs/tables.md", "docs/ets.md", "docs/supervisors.md", "docs/plugin-author.md")) {
            Path page = Pages.CHECKOUT.resolve(name);
            Matcher link = ANCHOR.matcher(String.join("\n", Pages.lines(page)));
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                if (Pages.lines(target).stream().noneMatch(line -> anchor(line).equals(link.group(2)))) {
                    broken.add(name + ": " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static String anchor(String line) {
        return line.startsWith("#")
                ? line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-')
                : "";
    }

    @Test
    void everyDecisionIsListed() throws IOException {
        Path decisions = Pages.CHECKOUT.resolve("docs/decisions");
        String index = Files.readString(decisions.resolve("README.md"));
        try (Stream<Path> pages = Files.list(decisions)) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*\\.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
        }
    }
}
