// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.match.MatchSyntax.column;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bequest.record.RecordSpec;
import org.bequest.record.RecordTable;
import org.bequest.table.Access;
import org.bequest.table.Owner;
import org.bequest.table.Shape;
import org.bequest.table.ShapeException;
import org.bequest.table.StaleShapeException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each version of a bundle is a life; what it leaves goes to escrow, and the next one claims it. */
final class ReshapingTest {
    private final TableBench bench = new TableBench();

    private record V1(String id, int count, String name) {}

    private record Grown(Optional<String> note, String id, long count, String name, double rating) {}

    private record Renamed(String id, int count, String title) {}

    private record Smaller(String id, String name) {}

    private record Turned(String id, boolean count, String name) {}

    private <T extends Record> RecordTable<T> version(RecordSpec<T> spec) {
        bench.holder("app").end();
        return bench.holder("app").tables().claim(spec);
    }

    private static RecordSpec<V1> v1() {
        return TableSpec.of("t", V1.class);
    }

    private RecordTable<V1> filled() {
        RecordTable<V1> table = version(v1());
        table.insert(List.of(new V1("a", 1, "x"), new V1("b", 2, "y")));
        return table;
    }

    @Test
    void columnsAreAddedReorderedAndWidened_andTheRowsStay() {
        List<Tuple> rows = filled().tuples().toList();

        RecordTable<Grown> grown =
                version(TableSpec.of("t", Grown.class).key("id").otherwise("rating", 2.5));

        assertThat(grown.tuples().toList()).isEqualTo(rows);
        assertThat(grown.get("a")).isEqualTo(new Grown(Optional.empty(), "a", 1, "x", 2.5));
        assertThat(grown.where(column("rating").equalTo(2.5))).hasSize(2);
        assertThat(grown.where(column("note").isNull())).hasSize(2);
        assertThat(grown.updateCounter("a", "count", 1L << 40)).isEqualTo(1L + (1L << 40));
        assertThat(grown.update("b", "rating", 3)).isTrue();
        assertThat(grown.get("b")).isEqualTo(new Grown(Optional.empty(), "b", 2, "y", 3));
    }

    @Test
    void goingBackIsChecked() {
        filled();
        RecordSpec<Grown> spec = TableSpec.of("t", Grown.class).key("id").otherwise("rating", 2.5);
        RecordTable<Grown> grown = version(spec);
        grown.updateCounter("a", "count", 1L << 40);

        assertThatThrownBy(() -> version(v1()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("\"a\"".replace("\"", ""))
                .hasMessageContaining("'count'")
                .hasMessageContaining(String.valueOf(1 + (1L << 40)));
        assertThat(bench.holder("app").tables().find("t").orElseThrow().owner()).isInstanceOf(Owner.Escrow.class);

        version(spec).update("a", "count", 7);
        assertThat(version(v1()).toList()).containsExactlyInAnyOrder(new V1("a", 7, "x"), new V1("b", 2, "y"));
    }

    @Test
    void aRenamedColumnIsFoundByTheVersionBefore() {
        filled();

        RecordTable<Renamed> renamed = version(TableSpec.of("t", Renamed.class).renamed("name", "title"));
        assertThat(renamed.get("a")).isEqualTo(new Renamed("a", 1, "x"));
        assertThat(bench.holder("other").tables().open("t", V1.class).get("a")).isEqualTo(new V1("a", 1, "x"));
        renamed.update("a", "title", "z");

        assertThat(version(v1()).get("a")).isEqualTo(new V1("a", 1, "z"));
        assertThat(version(TableSpec.of("t", Renamed.class).renamed("name", "title"))
                        .get("a"))
                .isEqualTo(new Renamed("a", 1, "z"));
    }

    @Test
    void aDroppedColumnComesBackAsANewOne() {
        filled();
        version(TableSpec.of("t", Smaller.class)).insert(new Smaller("c", "z"));

        assertThatThrownBy(() -> version(v1()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("count")
                .hasMessageContaining("otherwise");
        RecordTable<V1> back = version(v1().otherwise("count", -1));

        assertThat(back.toList())
                .containsExactlyInAnyOrder(new V1("a", -1, "x"), new V1("b", -1, "y"), new V1("c", -1, "z"));
    }

    @Test
    void anIncompatibleChangeIsRefused_andNothingHasChanged() {
        List<Tuple> rows = filled().tuples().toList();
        bench.holder("app").end();
        Shape shape = bench.holder("app").tables().find("t").orElseThrow().shape();

        assertThatThrownBy(() -> version(TableSpec.of("t", Turned.class)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'t'")
                .hasMessageContaining("'count' is int in the table and boolean in the record")
                .hasMessageContaining("migrate");
        assertThatThrownBy(() -> version(v1().key("name")))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("key");

        RecordTable<V1> same = version(v1());
        assertThat(same.tuples().toList()).isEqualTo(rows);
        assertThat(same.tuples().shape()).isSameAs(shape);
    }

    @Test
    void anEmptyTableTakesAnyShape() {
        version(v1());

        RecordTable<Turned> turned = version(TableSpec.of("t", Turned.class));
        turned.insert(new Turned("a", true, "x"));

        assertThat(turned.get("a")).isEqualTo(new Turned("a", true, "x"));
    }

    private static RecordSpec<Turned> migrating() {
        return TableSpec.of("t", Turned.class)
                .migrate(row ->
                        new Turned((String) row.get("id"), (Long) row.get("count") > 1, (String) row.get("name")));
    }

    @Test
    void aMigrationMakesAllRowsAnew_andSaysHowFarItIs() {
        RecordTable<V1> table = version(v1());
        table.insert(
                IntStream.range(0, 25_000).mapToObj(i -> new V1("k" + i, i, "")).toList());
        List<Long> progress = new ArrayList<>();

        RecordTable<Turned> turned = version(migrating().progress((rows, of) -> progress.add(rows)));

        assertThat(turned.size()).isEqualTo(25_000);
        assertThat(turned.get("k1")).isEqualTo(new Turned("k1", false, ""));
        assertThat(turned.get("k2")).isEqualTo(new Turned("k2", true, ""));
        assertThat(progress).containsExactly(10_000L, 20_000L, 25_000L);
        Shape shape = turned.tuples().shape();
        assertThat(shape).isNotNull();
        assertThat(shape.width()).isEqualTo(3);
        assertThat(shape.layout()).isEqualTo(1);
        assertThat(version(migrating().progress((rows, of) -> progress.add(-1L)))
                        .size())
                .isEqualTo(25_000);
        assertThat(progress).doesNotContain(-1L);
    }

    @Test
    void aFailedMigrationChangesNothing() {
        List<Tuple> rows = filled().tuples().toList();
        RecordSpec<Turned> throwing = TableSpec.of("t", Turned.class).migrate(row -> {
            if ("b".equals(row.get("id"))) {
                throw new IllegalStateException("cannot");
            }
            return new Turned("a", true, "");
        });

        assertThatThrownBy(() -> version(throwing))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("key b")
                .hasMessageContaining("cannot")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> version(TableSpec.of("t", Turned.class).migrate(row -> new Turned("same", true, ""))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("same key");
        assertThatThrownBy(() -> version(TableSpec.of("t", Turned.class).migrate(row -> null)))
                .isInstanceOf(ShapeException.class);

        assertThat(bench.holder("app").tables().find("t").orElseThrow().owner()).isInstanceOf(Owner.Escrow.class);
        assertThat(version(v1()).tuples().toList()).isEqualTo(rows);
    }

    @Test
    void rowsThatComeDuringAMigrationAreMigratedToo() {
        version(v1().access(Access.PUBLIC)).insert(new V1("a", 1, "x"));
        RecordTable<V1> other = bench.holder("other").tables().open("t", V1.class);
        AtomicBoolean first = new AtomicBoolean(true);

        RecordTable<Turned> turned =
                version(TableSpec.of("t", Turned.class).access(Access.PUBLIC).migrate(row -> {
                    if (first.getAndSet(false)) {
                        other.insert(new V1("late", 5, "y"));
                        other.delete("a");
                    }
                    return new Turned((String) row.get("id"), true, (String) row.get("name"));
                }));

        assertThat(turned.toList()).containsExactly(new Turned("late", true, "y"));
        assertThatThrownBy(() -> other.get("late"))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("count");
    }

    @Test
    void viewsFollowWhileTheShapeChanges() {
        filled();
        RecordTable<V1> view = bench.holder("other").tables().open(v1().otherwise("count", 0));
        assertThat(view.get("a")).isEqualTo(new V1("a", 1, "x"));
        var walk = view.iterator();

        version(TableSpec.of("t", Smaller.class)).insert(new Smaller("c", "z"));

        assertThat(view.get("c")).isEqualTo(new V1("c", 0, "z"));
        assertThat(view.toList()).hasSize(3).allMatch(row -> row.count() == 0);
        walk.forEachRemaining(row -> assertThat(row.count()).isZero());
    }

    @Test
    void aWalkGoesOnThroughAMigration() {
        filled();
        var walk = bench.holder("other").tables().open("t", V1.class).iterator();

        version(migrating());

        assertThat(walk).toIterable().containsExactlyInAnyOrder(new V1("a", 1, "x"), new V1("b", 2, "y"));
    }

    @Test
    void writesUnderAnotherShapeAreRefused() {
        Table table = filled().tuples();
        Shape shape = table.shape();
        assertThat(shape).isNotNull();
        Table under = table.under(shape);
        under.insert(Tuple.of("c", 3, "z"));

        assertThat(table.reshape(null, shape)).isFalse();
        assertThat(table.reshape(shape, new Shape(shape.columns(), 9, 0))).isTrue();

        assertThatThrownBy(() -> under.insert(Tuple.of("d", 3, "z"))).isInstanceOf(StaleShapeException.class);
        assertThatThrownBy(() -> under.get("c")).isInstanceOf(StaleShapeException.class);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void aTableWithoutColumnsIsGivenSome_ifItsRowsFit() {
        Table plain = bench.holder("app").tables().claim(TableSpec.of("t"));
        plain.insert(Tuple.of("a", 1, "x"));
        assertThatThrownBy(() -> bench.holder("other").tables().open("t", V1.class))
                .isInstanceOf(ShapeException.class);

        assertThat(version(v1()).get("a")).isEqualTo(new V1("a", 1, "x"));
    }

    @Test
    void rowsThatDoNotFitAreNotGivenColumns() {
        bench.holder("app").tables().claim(TableSpec.of("t")).insert(Tuple.of("a", "one", "x"));

        assertThatThrownBy(() -> version(v1()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("one");
        assertThat(bench.holder("app").tables().find("t").orElseThrow().shape()).isNull();
    }

    @Test
    void aDumpHasTheShape(@TempDir Path folder) throws IOException {
        RecordTable<V1> table = filled();
        table.tuples().dump(folder.resolve("t.dump"));

        Table loaded = bench.holder("other").tables().load(folder.resolve("t.dump"), "copy");

        assertThat(loaded.shape()).isEqualTo(table.tuples().shape());
        assertThat(bench.holder("other").tables().open("copy", V1.class).get("a"))
                .isEqualTo(new V1("a", 1, "x"));
    }

    private record Inner(String city, int zip) {}

    private record Outer(String id, List<Inner> places) {}

    private record WiderInner(@Nullable String country, String town, long zip) {}

    private record WiderOuter(String id, List<WiderInner> places) {}

    @Test
    void nestedRecordsFollowTheSameRules() {
        RecordTable<Outer> outer = version(TableSpec.of("t", Outer.class));
        outer.insert(new Outer("a", List.of(new Inner("Oslo", 1))));

        RecordTable<WiderOuter> wider = version(TableSpec.of("t", WiderOuter.class)
                .renamed("city", "places.town")
                .otherwise("places.country", "NO"));
        assertThat(wider.get("a")).isEqualTo(new WiderOuter("a", List.of(new WiderInner("NO", "Oslo", 1))));
        wider.insert(new WiderOuter("b", List.of(new WiderInner(null, "Rome", 2))));
        assertThat(wider.get("b")).isEqualTo(new WiderOuter("b", List.of(new WiderInner(null, "Rome", 2))));

        assertThat(version(TableSpec.of("t", Outer.class)).toList())
                .containsExactlyInAnyOrder(
                        new Outer("a", List.of(new Inner("Oslo", 1))), new Outer("b", List.of(new Inner("Rome", 2))));
    }
}
