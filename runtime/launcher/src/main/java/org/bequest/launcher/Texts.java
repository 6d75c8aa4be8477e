// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds the texts to count. Works on copies: the files are read many times, and may change meanwhile. */
final class Texts {
    private static final Set<String> SKIPPED = Set.of("target", ".git");

    private final Path copies;
    private final Consumer<String> notes;
    private final Set<Path> known = new HashSet<>();
    private final Map<String, Path> found = new LinkedHashMap<>();

    private Texts(Path copies, Consumer<String> notes) {
        this.copies = copies;
        this.notes = notes;
    }

    /**
     * @param paths files, and directories that are searched; if there are none, the sources and pages of the checkout
     * @param copies an empty folder
     * @param notes told of each file that is passed over
     * @return where the copy of each text is, by name
     * @throws IllegalArgumentException if a path is neither file nor directory, or there is no text at all
     */
    static Map<String, Path> collect(List<Path> paths, Path checkout, Path copies, Consumer<String> notes)
            throws IOException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("There is no file or directory " + path);
            }
            if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
                throw new IllegalArgumentException(path + " is neither a regular file nor a directory");
            }
            if (!Files.isReadable(path)) {
                throw new IllegalArgumentException(path + " cannot be read");
            }
        }
        Texts texts = new Texts(copies, notes);
        if (paths.isEmpty()) {
            texts.search(checkout, Texts::isOurs);
        }
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                texts.search(path, file -> true);
            } else {
                texts.add(path);
            }
        }
        if (texts.found.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no text in UTF-8 in " + (paths.isEmpty() ? checkout.toAbsolutePath() : paths));
        }
        return texts.found;
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java") || name.endsWith(".md") || name.equals("LICENSE");
    }

    private void search(Path directory, Predicate<Path> wanted) throws IOException {
        Set<Path> files = new TreeSet<>();
        Path start = Files.isSymbolicLink(directory) ? directory.toRealPath() : directory;
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                boolean skipped = !path.equals(directory)
                        && SKIPPED.contains(path.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && wanted.test(path)) {
                    files.add(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) {
                notes.accept("Passed over, as it cannot be read: " + path);
                return FileVisitResult.CONTINUE;
            }
        });
        for (Path file : files) {
            add(file);
        }
    }

    private void add(Path file) throws IOException {
        if (!known.add(file.toRealPath())) {
            return;
        }
        Path copy = copies.resolve(Integer.toString(found.size()));
        try (BufferedReader in = Files.newBufferedReader(file);
                BufferedWriter out = Files.newBufferedWriter(copy)) {
            in.transferTo(out);
            found.put(file.toString(), copy);
        } catch (CharacterCodingException e) {
            notes.accept("Passed over, as it is no text in UTF-8: " + file);
        } catch (AccessDeniedException e) {
            notes.accept("Passed over, as it cannot be read: " + file);
        }
    }
}
