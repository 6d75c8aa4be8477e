// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** That every case runs, of everyone who is there. How fast is no matter here. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine main = Main.commandLine(Scale.SMOKE);
        return main.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @ParameterizedTest
    @EnumSource
    void everyCaseHasItsFigures(Suite suite) {
        assertEquals(0, run(suite.toString(), "--quick", "--json"), err::toString);

        List<String> lines = out.toString().lines().toList();
        List<Case> cases = suite.cases(Scale.SMOKE);
        assertEquals(cases.size(), lines.size());
        for (int i = 0; i < cases.size(); i++) {
            String line = lines.get(i);
            assertTrue(
                    line.startsWith("{\"suite\":\"" + suite + "\",\"case\":\""
                            + cases.get(i).name() + "\","),
                    line);
            assertFalse(line.contains("\"ours\":null"), line);
            for (Side peer : cases.get(i).peers()) {
                assertTrue(line.contains("\"" + peer.title + "\":"), line);
            }
        }
    }

    @Test
    void unknownSuitesAreRefused() {
        assertEquals(2, run("mnesia"));
        assertTrue(
                err.toString()
                        .contains(
                                "There is no suite 'mnesia', only processes, supervisors, pools, tables, memory, ownership, swap"),
                err::toString);
    }
}
