// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bequest.table.Shape;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

class TableCommandsTest {
    private record Show(double rating, String title, String lead) {}

    @Test
    void rowsOfATableWithoutColumnsAreTuples() {
        assertEquals(
                "  {\"a\", 1}\n  {\"b\", 2}", TableCommands.text(List.of(Tuple.of("a", 1), Tuple.of("b", 2)), null));
    }

    @Test
    void rowsStandUnderTheirColumns_alsoThoseThatAreShorter() {
        Shape shape = TableSpec.of("shows", Show.class)
                .key("title")
                .otherwise("rating", 2.5)
                .table()
                .shape();

        List<Tuple> rows = List.of(Tuple.of(7.0, "Boat", "Ann"), Tuple.of(null, "Tree", null));

        assertEquals(
                String.join(
                        "\n",
                        "  rating  title   lead",
                        "  double  string  string?",
                        "  7.0     \"Boat\"  \"Ann\"",
                        "  2.5     \"Tree\"  null"),
                TableCommands.text(rows, shape));
        assertEquals("  rating  title   lead\n  double  string  string?", TableCommands.text(List.of(), shape));
    }
}
