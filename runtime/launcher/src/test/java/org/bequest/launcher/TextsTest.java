// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path copies;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        for (String file :
                List.of("README.md", "src/A.java", "src/data.csv", "target/B.java", ".git/C.md", "LICENSE")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        Files.createFile(folder.resolve("empty.txt"));
        Files.write(folder.resolve("latin1.txt"), new byte[] {(byte) 0xe9});
    }

    @Test
    void ofADirectoryAreAllButThoseThatAreMadeAndThoseThatAreNone() throws IOException {
        assertEquals(Set.of("README.md", "src/A.java", "src/data.csv", "LICENSE", "empty.txt"), found(List.of(folder)));
        assertEquals(List.of("Passed over, as it is no text in UTF-8: " + folder.resolve("latin1.txt")), notes);
    }

    @Test
    void byDefaultAreTheSourcesAndPagesOfTheCheckout() throws IOException {
        assertEquals(Set.of("README.md", "src/A.java", "LICENSE"), found(List.of()));
    }

    @Test
    void areTakenOnce() throws IOException {
        Path license = folder.resolve("LICENSE");
        assertEquals(Set.of("LICENSE"), found(List.of(license, folder.resolve("src/../LICENSE"), license)));
    }

    @Test
    void areWhatTheyWereWhenTheDemoBegan() throws IOException {
        Path license = folder.resolve("LICENSE");
        Map<String, Path> texts = Texts.collect(List.of(license), folder, copies, notes::add);
        Files.writeString(license, "changed");
        assertEquals("LICENSE", Files.readString(texts.get(license.toString())));
    }

    @Test
    void mayBeBehindALink() throws IOException {
        Path link = Files.createSymbolicLink(copies.resolve("link"), folder.resolve("src"));
        assertEquals(Set.of("src/A.java", "src/data.csv"), found(List.of(link)));
    }

    @Test
    void mustBeThere() {
        Path missing = folder.resolve("missing");
        assertThrows(IllegalArgumentException.class, () -> Texts.collect(List.of(missing), folder, copies, notes::add));
    }

    private Set<String> found(List<Path> paths) throws IOException {
        return Texts.collect(paths, folder, copies, notes::add).keySet().stream()
                .map(name -> folder.relativize(Path.of(name)).toString())
                .collect(Collectors.toSet());
    }
}
