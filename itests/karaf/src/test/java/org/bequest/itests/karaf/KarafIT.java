// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The features in a real Karaf: what they install, what the shell answers there, and a plugin updated under load. */
final class KarafIT {
    private static final String WORD_COUNT = "org.bequest.examples.wordcount";

    private static Karaf karaf;
    private static Shell shell;

    @BeforeAll
    static void installFeatures() throws Exception {
        karaf = new Karaf(folder("karaf"), folder("repository"));
        shell = karaf.shell("operator", "admin,manager,viewer,systembundles");
        shell.await("service:list org.apache.karaf.features.BootFinished", answer -> answer.contains("Provided by"));
        shell.say("feature:repo-add " + System.getProperty("features"), "feature:install bequest bequest-shell");
        shell.await("bequest:tree", tree -> tree.matches("(?s).*bequest\\.root.*table-manager +<\\S+> +running.*"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (karaf != null) {
            karaf.stop();
        }
    }

    @Test
    void everyBundleIsActive_whenTheFeaturesAreInstalled() throws Exception {
        assertThat(shell.say("bundle:list -s --no-format").lines().filter(line -> line.contains("org.bequest")))
                .hasSizeGreaterThanOrEqualTo(7)
                .allMatch(line -> line.contains("Active"));
    }

    @Test
    void shellShowsWhatTheKernelKeeps_whenTheFeaturesAreInstalled() throws Exception {
        assertThat(shell.say("bequest:tables", "bequest:table table-manager.duties", "bequest:modules"))
                .contains("bequest.supervisor.bequest.root")
                .contains("Table   table-manager.duties, ordered_set")
                .containsPattern("table-manager +1 +org\\.bequest\\.tables\\.manager");
        assertThat(shell.refused("bequest:kill nobody")).contains("No process is registered as 'nobody'");
    }

    @Test
    void viewerMayLookButNotTouch() throws Exception {
        Shell visitor = karaf.shell("visitor", "viewer");

        assertThat(visitor.say("bequest:tables")).contains("table-manager.duties");
        for (String command : List.of("bequest:exit", "bequest:kill nobody")) {
            assertThat(visitor.refused(command)).contains("Command not found");
        }
    }

    @Test
    void containerStays_whenExitIsSaidWithoutAScope() throws Exception {
        assertThat(shell.say("exit", "bequest:tables")).contains("table-manager.duties");
    }

    @Test
    void noCallFails_whenThePluginIsUpdatedUnderLoad() throws Exception {
        String spawned = shell.say(
                "bundle:install -s " + bundle("org.bequest.examples.wordcount.v1"),
                "bundle:install -s " + folder("load").toUri(),
                "bequest:spawn word-count",
                "bequest:processes");
        String pid = group("Process (<\\S+>)", spawned);
        assertThat(spawned).containsPattern(pid + " +word-count +word-count +1\\.0\\.0 ");

        String after = shell.say(
                "load:begin 4",
                "load:until 1000",
                "bundle:update " + WORD_COUNT + " " + bundle("org.bequest.examples.wordcount.v2"),
                "load:until 1000",
                "load:end",
                "load:report",
                "bequest:call word-count stats",
                "bequest:processes",
                "bequest:table word-counts");

        assertThat(after).contains(" failed=0 ").containsPattern(pid + " +word-count +word-count +2\\.0\\.0 ");
        long lines = Long.parseLong(group("answered=(\\d+)", after));
        assertThat(after)
                .as("handed over, and known to version 2 only")
                .contains("lines=" + lines)
                .contains("longest=not");
        assertThat(after)
                .contains("{\"to\", " + 2 * lines + "}")
                .contains("{\"be\", " + 2 * lines + "}")
                .contains("{\"or\", " + lines + "}")
                .contains("{\"not\", " + lines + "}");

        String crashed = shell.say(
                "bequest:kill word-count", "bequest:escrow", "bequest:spawn word-count", "bequest:table word-counts");
        assertThat(crashed).containsPattern("word-counts +8 .*\\(word-count\\)");
        assertThat(group("Process (<\\S+>) is 'word-count'", crashed)).isNotEqualTo(pid);
        assertThat(crashed).contains("{\"to\", " + 2 * lines + "}");
    }

    private static String bundle(String name) {
        return folder("bundles").resolve(name + ".jar").toUri().toString();
    }

    private static Path folder(String property) {
        return Path.of(System.getProperty(property));
    }

    private static String group(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
