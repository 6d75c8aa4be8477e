// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class ReleaseTest {
    @TempDir
    private Path folder;

    @Test
    void jarsTakeTurnsUnderRisingVersions() throws IOException {
        List<Path> jars = List.of(jar("one"), jar("two"));
        assertRelease("one", "1.0.0", Release.of(jars, 1));
        assertRelease("two", "2.0.0", Release.of(jars, 2));
        assertRelease("one", "3.0.0", Release.of(jars, 3));
    }

    private static void assertRelease(String content, String version, Release release) throws IOException {
        assertEquals(Version.parseVersion(version), release.version());
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(release.jar()))) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals(version, manifest.getValue("Bundle-Version"));
            assertEquals("plugin", manifest.getValue("Bundle-SymbolicName"));
            assertEquals("content.txt", jar.getNextEntry().getName());
            assertArrayEquals(content.getBytes(StandardCharsets.UTF_8), jar.readAllBytes());
        }
    }

    private Path jar(String content) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "plugin");
        manifest.getMainAttributes().putValue("Bundle-Version", "0.0.1");
        Path jar = folder.resolve(content + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("content.txt"));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
