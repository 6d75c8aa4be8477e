// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Does what docs/plugin-author.md tells, word by word, in a folder of its own: it is the test of the archetype, too, whose
 * plugin is generated, built and tested by Maven there. Only {@code mvn} is another: it finds what this build has made as if
 * it were installed, and all else in the local repository that this build uses, and it writes to neither.
 */
final class PluginAuthorIT {
    private static final String SHELL = "~/bequest/bequest";
    private static final String PLUGIN_SOURCES = "itests/readme/src/test/plugin";
    /** Commands that only look: what they look at may take a moment to come about. */
    private static final Set<String> LOOKS = Set.of("tree", "table", "escrow", "processes", "modules");

    private static final long LIMIT_NANOS = 30_000_000_000L;

    private final Path home = Path.of(System.getProperty("outside")).toAbsolutePath();

    @Test
    void pageIsTrue() throws Exception {
        prepare();
        ProcessBuilder sh = program("sh").directory(home.toFile()).redirectErrorStream(true);
        try (Terminal terminal = new Terminal(sh)) {
            Terminal shell = null;
            for (Snippet snippet : Snippet.of(Pages.CHECKOUT.resolve("docs/plugin-author.md"))) {
                if (snippet.file().startsWith(PLUGIN_SOURCES)) {
                    Path changed = Pages.CHECKOUT.resolve(snippet.file());
                    Path generated = home.resolve("plugins/greeter/src/main/java/com/example/greeter");
                    Files.copy(changed, generated.resolve(changed.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
                if (!snippet.file().equals(Snippet.TERMINAL)) {
                    continue;
                }
                for (Step step : steps(snippet)) {
                    if (step.command().equals(SHELL)) {
                        Path folder = Path.of(terminal.type("pwd").get(0));
                        shell = new Terminal(
                                program(home.resolve("bequest/bequest").toString(), "shell")
                                        .directory(folder.toFile())
                                        .redirectError(Redirect.INHERIT));
                    } else if (step.command().equals("exit")) {
                        assertThat(shell.exit())
                                .as("exit code: no command failed")
                                .isZero();
                    } else if (step.inShell()) {
                        assertAnswer(snippet, step, shell);
                    } else {
                        assertOutput(snippet, step, terminal.type("{ " + step.command() + "\n} </dev/null"));
                    }
                }
            }
            assertThat(shell).as("the page leads to the shell").isNotNull();
            shell.close();
        }
    }

    /** A command that the page shows, and what comes of it. */
    private record Step(String command, boolean inShell, List<String> shown) {}

    private static List<Step> steps(Snippet snippet) {
        List<Step> steps = new ArrayList<>();
        for (String line :
                String.join("\n", snippet.shown()).replaceAll("\\\\\n\\s+", "").split("\n")) {
            if (line.startsWith("$ ")) {
                steps.add(new Step(line.substring("$ ".length()), false, new ArrayList<>()));
            } else if (line.startsWith(SessionIT.PROMPT)) {
                steps.add(new Step(line.substring(SessionIT.PROMPT.length()), true, new ArrayList<>()));
            } else {
                steps.get(steps.size() - 1).shown().add(line);
            }
        }
        return steps;
    }

    /** All that is shown is said, in that order; Maven says more. */
    private static void assertOutput(Snippet snippet, Step step, List<String> said) {
        Iterator<String> lines = said.stream().map(PluginAuthorIT::comparable).iterator();
        for (String line : step.shown()) {
            boolean found = line.equals("...");
            while (!found && lines.hasNext()) {
                found = lines.next().equals(comparable(line));
            }
            assertThat(found)
                    .as("%s: '%s' says '%s', but said:%n%s", snippet, step.command(), line, String.join("\n", said))
                    .isTrue();
        }
        assertThat(said).as("%s: '%s'", snippet, step.command()).noneMatch(line -> line.contains("BUILD FAILURE"));
    }

    private static String comparable(String line) {
        return line.replaceAll("\\d+(\\.\\d+)? s\\b", "n s").strip();
    }

    private static void assertAnswer(Snippet snippet, Step step, Terminal shell) throws InterruptedException {
        List<String> shown = SessionIT.comparable(step.shown());
        long begin = System.nanoTime();
        List<String> said = SessionIT.comparable(shell.type(step.command()));
        while (LOOKS.contains(step.command().split(" ")[0])
                && !said.equals(shown)
                && System.nanoTime() - begin < LIMIT_NANOS) {
            said = SessionIT.comparable(shell.type(step.command()));
        }
        assertThat(said).as("%s: '%s'", snippet, step.command()).containsExactlyInAnyOrderElementsOf(shown);
    }

    private ProcessBuilder program(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** A home folder with the checkout in it, and a Maven that writes nowhere else. */
    private void prepare() throws IOException {
        delete(home.resolve("plugins"));
        delete(home.resolve("bin"));
        Files.createDirectories(home.resolve("bin"));
        if (!Files.exists(home.resolve("bequest"))) {
            Files.createSymbolicLink(home.resolve("bequest"), Pages.CHECKOUT);
        }
        Files.writeString(home.resolve("settings.xml"), """
                <settings>
                  <profiles>
                    <profile>
                      <id>outside</id>
                      <repositories>
                        <repository>%1$s</repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository>%1$s</pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles>
                    <activeProfile>outside</activeProfile>
                  </activeProfiles>
                </settings>
                """.formatted("<id>cached</id><url>"
                + Path.of(System.getProperty("local.repository")).toUri()
                + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>"
                + "<snapshots><enabled>false</enabled></snapshots>"));
        Path mvn = Files.writeString(home.resolve("bin/mvn"), """
                #!/bin/sh
                # As if this checkout were installed already; and the archetype plugin in the version that is here.
                case "$*" in *install) exit 0 ;; esac
                case $1 in archetype:*)
                    goal=org.apache.maven.plugins:maven-archetype-plugin:%s:${1#archetype:}
                    shift
                    set -- "$goal" "$@" ;;
                esac
                exec '%s' -B -ntp %s -Dstyle.color=never -gs '%s' -Dmaven.repo.local='%s' "$@"
                """.formatted(
                System.getProperty("archetype.version"),
                Path.of(System.getProperty("maven.home"), "bin", "mvn"),
                System.getProperty("maven.mode").equals("offline=true") ? "-o -Daether.offline.protocols=file" : "",
                home.resolve("settings.xml"),
                home.resolveSibling("repository")));
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
