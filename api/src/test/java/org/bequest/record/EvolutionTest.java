// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bequest.table.Column;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.ListOf;
import org.bequest.table.ColumnType.OneOf;
import org.bequest.table.ColumnType.RecordOf;
import org.bequest.table.ColumnType.Simple;
import org.bequest.table.Shape;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EvolutionTest {
    /** The key, and one column of each type that can be widened, with a value of it. */
    private static final Shape FIRST = shape(
            column("id", Simple.INT),
            column("b", Simple.BYTE),
            column("i", Simple.INT),
            column("l", Simple.LONG),
            column("f", Simple.FLOAT),
            column("e", new OneOf(List.of("A", "B"))),
            column("s", Simple.STRING),
            column("n", new RecordOf(shape(column("x", Simple.INT), column("y", Simple.STRING)))),
            column("m", new ListOf(Simple.SHORT)));

    private static final Tuple ROW =
            Tuple.of(1, -3, 1 << 20, 1L << 40, 0.5, "B", "text", Tuple.of(7, "why"), List.of(1, 2));

    private static Column column(String name, ColumnType type) {
        return new Column(name, List.of(), type, false, null, 0);
    }

    private static Shape shape(Column... columns) {
        return laidOut(List.of(columns));
    }

    /** As one that is made for a record: positions in the order of the components. */
    private static Shape laidOut(List<Column> columns) {
        List<Column> placed = new ArrayList<>();
        for (Column c : columns) {
            placed.add(new Column(c.name(), List.of(), c.type(), c.nullable(), c.otherwise(), placed.size()));
        }
        return new Shape(placed, placed.size(), 0);
    }

    private static Column with(Column c, String name, ColumnType type) {
        return new Column(name, List.of(), type, c.nullable(), c.otherwise(), 0);
    }

    private static ColumnType wider(ColumnType type) {
        if (type instanceof OneOf names) {
            return names.names().size() < 4 ? new OneOf(List.of("C", "B", "A", "D")) : Simple.STRING;
        }
        if (type instanceof ListOf list) {
            return new ListOf(wider(list.element()));
        }
        if (type instanceof RecordOf nested) {
            List<Column> fields = new ArrayList<>(nested.fields().columns());
            fields.add(new Column("z" + fields.size(), List.of(), Simple.INT, true, null, 0));
            Collections.rotate(fields, 1);
            return new RecordOf(laidOut(fields));
        }
        return switch ((Simple) type) {
            case BYTE -> Simple.SHORT;
            case SHORT -> Simple.INT;
            case INT -> Simple.LONG;
            case LONG -> Simple.INTEGER;
            case FLOAT -> Simple.DOUBLE;
            default -> type;
        };
    }

    /** One version after another, each a change that loses nothing; and then the first one again. */
    @Property
    void theFirstVersionFindsEverythingAgain(
            @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> steps, @ForAll long seed) {
        Random random = new Random(seed);
        Shape table = FIRST;
        Shape version = FIRST;
        for (int step : steps) {
            List<Column> columns = new ArrayList<>(version.columns());
            Map<String, String> renamed = new HashMap<>();
            int at = random.nextInt(columns.size());
            Column column = columns.get(at);
            String fresh = "v" + table.width() + "_" + random.nextInt(1_000_000);
            switch (step) {
                case 0 -> columns.add(at, new Column(fresh, List.of(), Simple.LONG, random.nextBoolean(), 5, 0));
                case 1 -> {
                    columns.set(at, with(column, fresh, column.type()));
                    renamed.put(fresh, column.name());
                }
                case 2 -> columns.set(at, with(column, column.name(), wider(column.type())));
                default -> Collections.shuffle(columns, random);
            }
            version = laidOut(columns);
            table = free(table, version, renamed);
        }

        Evolution back = Evolution.of(table, FIRST, Map.of(), 0, "id");

        assertThat(back.problems()).isEmpty();
        for (Column column : FIRST.columns()) {
            Column found = back.next().column(column.name());
            assertThat(found).isNotNull();
            assertThat(found.position()).isEqualTo(column.position());
            assertThat(Fit.fit(column.type(), found.in(ROW))).isEqualTo(column.in(ROW));
        }
        assertThat(Shape.ofTerm(back.next().toTerm())).isEqualTo(back.next());
    }

    private static Shape free(Shape table, Shape version, Map<String, String> renamed) {
        String key = table.columns().stream()
                .filter(column -> column.position() == 0)
                .findFirst()
                .orElseThrow()
                .name();
        String keyNow = renamed.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(key);
        Evolution step = Evolution.of(table, version, renamed, 0, keyNow);
        assertThat(step.problems()).isEmpty();
        assertThat(step.change()).isLessThanOrEqualTo(Change.FREE);
        return step.next();
    }

    private static Evolution change(@Nullable ColumnType from, @Nullable ColumnType to) {
        List<Column> old = new ArrayList<>(List.of(column("id", Simple.STRING)));
        List<Column> wanted = new ArrayList<>(old);
        if (from != null) {
            old.add(column("c", from));
        }
        if (to != null) {
            wanted.add(column("c", to));
        }
        return Evolution.of(laidOut(old), laidOut(wanted), Map.of(), 0, "id");
    }

    @Test
    void theRules() {
        assertThat(change(Simple.INT, Simple.INT).change()).isEqualTo(Change.NONE);
        assertThat(change(Simple.INT, Simple.LONG).change()).isEqualTo(Change.FREE);
        assertThat(change(Simple.INT, Simple.DOUBLE).change()).isEqualTo(Change.FREE);
        assertThat(change(Simple.INT, Simple.TERM).change()).isEqualTo(Change.FREE);
        assertThat(change(Simple.LONG, Simple.DOUBLE).change()).isEqualTo(Change.CHECKED);
        assertThat(change(Simple.LONG, Simple.INT).change()).isEqualTo(Change.CHECKED);
        assertThat(change(Simple.DOUBLE, Simple.INT).change()).isEqualTo(Change.CHECKED);
        assertThat(change(Simple.STRING, new OneOf(List.of("A"))).change()).isEqualTo(Change.CHECKED);
        assertThat(change(Simple.INT, Simple.STRING).change()).isEqualTo(Change.REFUSED);
        assertThat(change(Simple.INT, new ListOf(Simple.INT)).change()).isEqualTo(Change.REFUSED);
        assertThat(change(new RecordOf(FIRST), Simple.TERM).change()).isEqualTo(Change.REFUSED);
        assertThat(change(Simple.INT, null).change()).isEqualTo(Change.FREE);
        assertThat(change(null, Simple.INT).change()).isEqualTo(Change.REFUSED);
        assertThat(change(null, Simple.INT).problems().get(0)).hasMessageContaining("otherwise(\"c\"");
    }

    @Test
    void aPositionIsNeverUsedAgain() {
        Shape dropped = change(Simple.INT, null).next();

        Shape back = Evolution.of(
                        dropped,
                        laidOut(List.of(
                                column("id", Simple.STRING), new Column("c", List.of(), Simple.INT, true, null, 0))),
                        Map.of(),
                        0,
                        "id")
                .next();

        assertThat(dropped.width()).isEqualTo(2);
        assertThat(back.columns()).extracting(Column::position).containsExactly(0, 2);
    }

    @Test
    void aKeyKeepsItsTerms() {
        Shape old = shape(column("id", Simple.INT));

        assertThat(Evolution.of(old, shape(column("id", Simple.LONG)), Map.of(), 0, "id")
                        .change())
                .isEqualTo(Change.FREE);
        assertThat(Evolution.of(old, shape(column("id", Simple.DOUBLE)), Map.of(), 0, "id")
                        .change())
                .isEqualTo(Change.REFUSED);
        Shape part = shape(column("id", new RecordOf(old)));
        Shape parts = shape(column(
                "id",
                new RecordOf(laidOut(
                        List.of(column("id", Simple.INT), new Column("more", List.of(), Simple.INT, true, null, 0))))));
        assertThat(Evolution.of(part, parts, Map.of(), 0, "id").change()).isEqualTo(Change.REFUSED);
    }
}
