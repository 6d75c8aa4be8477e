// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is not understood ends with 2 and a reason, before anything starts. */
class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void negativeNumbersAreRefused() {
        assertRefused("--updates must not be negative, was -1", "--updates=-1");
        assertRefused("--crashes must not be negative, was -2", "--crashes=-2");
        assertRefused("--seconds must not be negative, was -3", "--seconds=-3");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertRefused("'many' is not an int", "--updates=many");
    }

    @Test
    void unknownOptionsAreRefused() {
        assertRefused("Unknown option: '--fast'", "--fast");
    }

    @Test
    void missingFilesAreRefused() {
        Path missing = folder.resolve("missing");
        assertRefused("There is no file or directory " + missing, missing.toString());
    }

    @Test
    void noTextAtAllIsRefused() throws IOException {
        Files.write(folder.resolve("latin1"), new byte[] {'c', 'a', 'f', (byte) 0xe9});
        assertRefused("There is no text in UTF-8", folder.toString());
    }

    private static void assertRefused(String reason, String argument) {
        StringWriter err = new StringWriter();
        CommandLine main = Main.commandLine().setErr(new PrintWriter(err, true));
        assertEquals(2, main.execute("demo", argument));
        assertTrue(err.toString().contains(reason), err::toString);
    }
}
