// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import picocli.CommandLine;

/** Which examples there are. That they run is proven by {@code itests/readme}. */
class ExampleCommandTest {
    @TempDir
    private Path folder;

    @Test
    void examplesAreTheFoldersWithAReadmeInABundle() throws Exception {
        Path gift = jar("gift/gift.jar", "Gives a table.", true);
        Path part = jar("gift/gift.more.jar", "More of it.", false);
        jar("word-count/v1.jar", "Counts words.", false);
        Path visits = jar("a-visit/visit.jar", "Counts visits.", true);

        assertEquals(
                List.of(
                        new Example("a-visit", "Counts visits.", List.of(visits)),
                        new Example("gift", "Gives a table.", List.of(gift, part))),
                Example.in(folder));
    }

    @Test
    void whatToDoIsSaid_whenNothingIsBuilt() {
        String message = assertThrows(ContainerException.class, () -> Example.in(folder.resolve("none")))
                .getMessage();
        assertTrue(message.endsWith("build Bequest first (mvn package)"), message);
    }

    @Test
    void listSaysInALineWhatEachIs() {
        assertEquals(
                "  gift      Gives a table.\n  tv-shows  Makes one.",
                ExampleCommand.list(List.of(
                        new Example("gift", "Gives a table.", List.of()),
                        new Example("tv-shows", "Makes one.", List.of()))));
    }

    @Test
    void greetingSaysWhatToTry() {
        String greeting =
                ExampleCommand.greeting(new Example("gift", "Gives a table.", List.of()), List.of("write", "read"));
        assertTrue(greeting.contains("example gift. Gives a table."), greeting);
        assertTrue(greeting.contains("Try write, read; 'help gift:write' explains one."), greeting);
        assertTrue(greeting.contains("./bequest example gift --replay"), greeting);
    }

    @Test
    void replayOfNothingIsRefused() {
        StringWriter err = new StringWriter();
        CommandLine main = Main.commandLine().setErr(new PrintWriter(err, true));
        assertEquals(2, main.execute("example", "--replay"));
        assertTrue(err.toString().contains("--replay needs the NAME of an example"), err::toString);
    }

    private Path jar(String name, String description, boolean readme) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_DESCRIPTION, description);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (readme) {
                jar.putNextEntry(new ZipEntry("README.md"));
            }
        }
        return file;
    }
}
