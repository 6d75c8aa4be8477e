// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is gone when this JVM is, also when it is interrupted. */
final class Scratch {
    private Scratch() {}

    static Path create() throws IOException {
        Path folder = Files.createTempDirectory("bequest-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete " + folder));
        return folder;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("bequest: the temporary folder " + folder + " could not be deleted: " + e);
        }
    }
}
