// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout's files, as far as readers see them. */
final class Pages {
    static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();

    private Pages() {}

    /** Every page in Markdown: the ones at the root, those under {@code docs}, and those of the examples. */
    static Stream<Path> all() throws IOException {
        return Stream.of(
                        markdown(CHECKOUT, 1),
                        markdown(CHECKOUT.resolve("docs"), 9),
                        markdown(CHECKOUT.resolve("examples"), 2))
                .flatMap(pages -> pages);
    }

    private static Stream<Path> markdown(Path folder, int depth) throws IOException {
        return Files.walk(folder, depth)
                .filter(path -> path.toString().endsWith(".md"))
                .sorted();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
