// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** A class and those nested in it, as files: by the path that they have in a jar. */
final class ClassFiles {
    private ClassFiles() {}

    static Map<String, byte[]> of(Class<?> outer) {
        String folder = outer.getPackageName().replace('.', '/');
        String name = outer.getName().substring(outer.getName().lastIndexOf('.') + 1);
        Bundle bundle = FrameworkUtil.getBundle(outer);
        try {
            return bundle == null ? onClassPath(outer, folder, name) : inBundle(bundle, folder, name);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalArgumentException("The class file of " + outer + " cannot be read: " + e, e);
        }
    }

    private static Map<String, byte[]> inBundle(Bundle bundle, String folder, String name) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (String pattern : List.of(name + ".class", name + "$*.class")) {
            var found = bundle.findEntries(folder, pattern, false);
            for (URL url : found == null ? Collections.<URL>emptyList() : Collections.list(found)) {
                try (InputStream in = url.openStream()) {
                    files.put(url.getPath().substring(1), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> onClassPath(Class<?> outer, String folder, String name)
            throws IOException, URISyntaxException {
        Path root = Path.of(
                outer.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(root)) {
            return inFolder(root.resolve(folder), folder, name);
        }
        try (FileSystem jar = FileSystems.newFileSystem(root)) {
            return inFolder(jar.getPath(folder), folder, name);
        }
    }

    private static Map<String, byte[]> inFolder(Path classes, String folder, String name) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> all = Files.list(classes)) {
            all.forEach(file -> {
                String simple = file.getFileName().toString();
                if (simple.equals(name + ".class") || simple.startsWith(name + "$") && simple.endsWith(".class")) {
                    files.put(folder + "/" + simple, read(file));
                }
            });
        }
        return files;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
