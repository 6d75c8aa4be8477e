// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the page about performance shows the figures that are beside it, and the README the chosen ones. */
class PageTest {
    private static final Path ROOT = Path.of("../..");
    private static final String PAGE = "docs/performance.md";
    private static final String README = "README.md";
    private static final String FIGURES = "docs/performance/figures.jsonl";

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(folder.resolve(FIGURES).getParent());
        for (String file : List.of(PAGE, README, FIGURES)) {
            Files.copy(ROOT.resolve(file), folder.resolve(file));
        }
    }

    private int renew() {
        return Main.commandLine(Scale.SMOKE)
                .setErr(new PrintWriter(err, true))
                .execute(
                        "--page",
                        folder.resolve(PAGE).toString(),
                        folder.resolve(README).toString());
    }

    @Test
    void pageAndPicturesAreThoseOfTheFigures() throws IOException {
        assertEquals(0, renew(), err::toString);

        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                assertEquals(
                        Files.readString(file),
                        Files.readString(ROOT.resolve(name)),
                        () -> name + " is to be renewed: ./bequest bench --page " + PAGE + " " + README);
            }
        }
    }

    @Test
    void nothingIsWrittenWhenASuiteHasNoPlace() throws IOException {
        String without = Files.readString(folder.resolve(PAGE)).replace("<!-- figures: memory -->", "");
        Files.writeString(folder.resolve(PAGE), without);

        assertEquals(1, renew());

        assertTrue(err.toString().contains("There is no place for the figures 'memory'"), err::toString);
        assertEquals(without, Files.readString(folder.resolve(PAGE)));
    }

    @Test
    void figuresOfACaseThatThereIsNotAreRefused() throws IOException {
        Files.writeString(
                folder.resolve(FIGURES),
                "{\"suite\":\"tables\",\"case\":\"join\",\"size\":1,\"threads\":1,\"unit\":\"ns/op\",\"ours\":1,\"error\":null,\"peers\":{}}");

        assertEquals(1, renew());

        assertTrue(err.toString().contains("There is no case tables/join/1/1"), err::toString);
    }
}
