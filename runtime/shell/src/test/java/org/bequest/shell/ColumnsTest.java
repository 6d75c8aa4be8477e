// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void areAsWideAsTheirWidestCell() {
        Columns columns = new Columns("NAME", "ROWS").row("a", 12345).row("words", 7);
        assertEquals("NAME   ROWS\na      12345\nwords  7", columns.toString());
    }

    @Test
    void withoutRowsAreReplacedByAText() {
        assertEquals("Nothing.", new Columns("NAME").orIfEmpty("Nothing."));
        assertEquals("NAME\na", new Columns("NAME").row("a").orIfEmpty("Nothing."));
    }
}
