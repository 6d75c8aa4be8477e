// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is not understood ends with 2 and a reason, before anything starts. */
class ConformanceCommandTest {
    @TempDir
    private Path folder;

    @Test
    void suiteIsNeeded() {
        assertRefused("Missing required parameter: 'SUITE'");
    }

    @Test
    void unknownSuitesAreRefused() {
        assertRefused("There is no suite 'mnesia', only ets and supervisor", "mnesia");
    }

    @Test
    void enginesAreForTablesOnly() {
        assertRefused("--engine is for ets only", "supervisor", "--engine", "heap");
    }

    @Test
    void missingFilesAreRefused() {
        Path missing = folder.resolve("missing.jsonl");
        assertRefused("There is no file " + missing, "ets", missing.toString());
    }

    @Test
    void directoriesAreRefused() {
        assertRefused(folder + " is a directory", "ets", folder.toString());
    }

    @Test
    void firstDisagreementIsShownInFull_andAllIfAskedFor() {
        Map<String, Object> result = Map.of(
                "programs",
                3,
                "agreed",
                40L,
                "disagreed",
                2L,
                "disagreements",
                List.of(disagreement("one"), disagreement("two")));
        String first = Agreement.of("file", result, false);
        assertEquals(
                List.of(
                        "file",
                        "  programs    3, of them 2 differ",
                        "  operations  42",
                        "  agreed      40",
                        "  disagreed   2",
                        "  program one in line 7 differs:",
                        "    operation  4 of 4: size []",
                        "    expected   1",
                        "    got        2"),
                first.lines().toList());
        assertTrue(Agreement.of("file", result, true).contains("program two in line 7 differs"));
    }

    private static Map<String, Object> disagreement(String program) {
        return Map.of("line", 7, "program", program, "operation", "4 of 4: size []", "expected", "1", "got", "2");
    }

    private static void assertRefused(String reason, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine main = Main.commandLine().setErr(new PrintWriter(err, true));
        String[] line = new String[arguments.length + 1];
        line[0] = "conformance";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        assertEquals(2, main.execute(line));
        assertTrue(err.toString().contains(reason), err::toString);
    }
}
