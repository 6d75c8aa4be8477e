// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.match.MatchSyntax.column;
import static org.bequest.match.MatchSyntax.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bequest.record.RecordSpec;
import org.bequest.record.RecordTable;
import org.bequest.table.Access;
import org.bequest.table.ShapeException;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Binary;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordTableTest {
    /** More than it takes until the reading of a record is compiled. */
    private static final int OFTEN = 20_000;

    private final TableBench bench = new TableBench();
    private final TableBench.Holder shop = bench.holder("shop");

    private enum State {
        OPEN,
        CLOSED {
            @Override
            public String toString() {
                return "shut";
            }
        }
    }

    private record Address(String city, int zip) {}

    private record Show(String title, @Nullable String lead, double rating) {}

    private record Everything(
            UUID id,
            boolean flag,
            byte small,
            short shorter,
            int whole,
            long large,
            float rough,
            double fine,
            char letter,
            @Nullable Integer boxed,
            @Nullable BigInteger big,
            State state,
            Optional<String> note,
            Optional<Address> home,
            @Nullable Address work,
            List<Address> places,
            List<Optional<Integer>> holes,
            Set<State> states,
            Map<String, List<Long>> lists,
            Map<State, Address> byState,
            Binary bytes,
            Pid pid,
            Tuple tuple,
            @Nullable Object term,
            Instant when,
            LocalDate day,
            Duration span,
            ZoneId zone) {}

    private static Everything everything(UUID id) {
        return new Everything(
                id,
                true,
                (byte) -1,
                (short) 2,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1f,
                0.1,
                'x',
                null,
                BigInteger.ONE.shiftLeft(100),
                State.CLOSED,
                Optional.empty(),
                Optional.of(new Address("Oslo", 1)),
                null,
                List.of(new Address("Rome", 2), new Address("Bonn", 3)),
                List.of(Optional.of(1), Optional.empty()),
                Set.of(State.OPEN, State.CLOSED),
                Map.of("a", List.of(1L, 2L)),
                Map.of(State.OPEN, new Address("Kyiv", 4)),
                Binary.copyOf(new byte[] {1}),
                new Pid(1, 2),
                Tuple.of(1, "two"),
                List.of("a", 1L),
                Instant.EPOCH,
                LocalDate.EPOCH,
                Duration.ZERO,
                ZoneId.of("UTC"));
    }

    private RecordTable<Show> shows() {
        RecordTable<Show> shows = shop.tables().claim(TableSpec.of("shows", Show.class));
        shows.insert(List.of(new Show("Flash", "Grant", 7.5), new Show("Dark", null, 8.5)));
        return shows;
    }

    @Test
    void everyTypeComesBackAsItWas() {
        RecordTable<Everything> all = shop.tables().create(TableSpec.of("all", Everything.class));
        Everything one = everything(new UUID(1, 2));

        all.insert(one);

        assertThat(all.get(one.id())).isEqualTo(one);
        assertThat(all.toList()).containsExactly(one);
        assertThat(all.stream()).containsExactly(one);
    }

    @Test
    void whatIsReadOftenIsReadAsBefore() {
        RecordTable<Everything> all = shop.tables().create(TableSpec.of("all", Everything.class));
        Everything one = everything(new UUID(1, 2));
        all.insert(one);
        RecordTable<Picky> picky = shop.tables().create(TableSpec.of("picky", Picky.class));
        picky.tuples().insert(List.of(Tuple.of("ann", 1), Tuple.of("bob", -1)));

        for (int i = 0; i < OFTEN; i++) {
            assertEquals(one, all.get(one.id()));
            assertEquals(new Picky("ann", 1), picky.get("ann"));
        }

        assertThatThrownBy(() -> picky.get("bob"))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("age is -1");
        picky.tuples().insert(Tuple.of("ann", "old"));
        assertThatThrownBy(() -> picky.get("ann"))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'age'");
    }

    private record Photo(int[] pixels) {}

    private record Raw(String id, byte[] bytes) {}

    private record Node(String name, List<Node> children) {}

    @Test
    void bytesAreCopied() {
        RecordTable<Raw> raw = shop.tables().create(TableSpec.of("raw", Raw.class));
        byte[] bytes = {1, 2};

        raw.insert(new Raw("a", bytes));
        bytes[0] = 9;

        Raw read = raw.get("a");
        assertThat(read).isNotNull();
        assertThat(read.bytes()).containsExactly(1, 2);
        assertThat(raw.replace(new Raw("a", new byte[] {1, 2}), new Raw("a", new byte[] {3})))
                .isTrue();
    }

    @Test
    void whatCannotBeMappedIsRefused_withTheComponent() {
        assertThatThrownBy(() -> TableSpec.of("photos", Photo.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pixels")
                .hasMessageContaining("int[]");
        assertThatThrownBy(() -> TableSpec.of("nodes", Node.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contains itself")
                .hasMessageContaining("children");
    }

    @Test
    void operationsOfASet() {
        RecordTable<Show> shows = shows();

        assertThat(shows.insertNew(new Show("Dark", "Jonas", 1))).isFalse();
        assertThat(shows.insertNew(List.of(new Show("Lost", "Jack", 6), new Show("Dark", "", 0))))
                .isFalse();
        assertThat(shows.size()).isEqualTo(2);
        assertThat(shows.replace(new Show("Dark", null, 8.5), new Show("Dark", "Jonas", 9)))
                .isTrue();
        assertThat(shows.replace(new Show("Dark", null, 8.5), new Show("Dark", "Martha", 9)))
                .isFalse();
        assertThat(shows.update("Dark", "rating", 9)).isTrue();
        assertThat(shows.update("Gone", "rating", 9)).isFalse();
        assertThat(shows.get("Dark")).isEqualTo(new Show("Dark", "Jonas", 9));
        assertThat(shows.where(column("rating").atLeast(8))).containsExactly(new Show("Dark", "Jonas", 9));
        assertThat(shows.select(rows().where(column("title").equalTo("Flash")).select(column("lead"))))
                .containsExactly("Grant");
        assertThat(shows.tuples().explain(rows().where(column("title").exactly("Flash"))))
                .startsWith("lookup");
        assertThat(shows.asMap().get("Dark")).isEqualTo(new Show("Dark", "Jonas", 9));
        assertThat(shows.take("Dark")).containsExactly(new Show("Dark", "Jonas", 9));
        assertThat(shows.delete("Dark")).isFalse();
        assertThat(shows.get("Dark")).isNull();
    }

    private record Hit(Address page, int count) {}

    @Test
    void keysMayBeRecords_andCountersAreChecked() {
        RecordTable<Hit> hits =
                shop.tables().create(TableSpec.of("hits", Hit.class).type(TableType.ORDERED_SET));
        Address page = new Address("Oslo", 1);
        hits.insert(new Hit(page, 1));

        assertThat(hits.updateCounter(page, "count", 2)).isEqualTo(3);
        assertThat(hits.get(new Address("Oslo", 1))).isEqualTo(new Hit(page, 3));
        assertThatThrownBy(() -> hits.updateCounter(page, "count", Integer.MAX_VALUE))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'count'")
                .hasMessageContaining("2147483650");
        assertThatThrownBy(() -> hits.update(page, "page", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bagsHoldRecords() {
        RecordTable<Show> shows =
                shop.tables().create(TableSpec.of("bag", Show.class).type(TableType.BAG));
        Show one = new Show("Dark", "Jonas", 1);
        Show two = new Show("Dark", "Martha", 2);
        shows.insert(List.of(one, two));

        assertThat(shows.lookup("Dark")).containsExactly(one, two);
        assertThat(shows.deleteObject(one)).isEqualTo(1);
        assertThatThrownBy(() -> shows.update("Dark", "rating", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(shows.take("Dark")).containsExactly(two);
    }

    private record Picky(String id, int age) {
        Picky {
            if (age < 0) {
                throw new IllegalArgumentException("age is " + age);
            }
        }
    }

    @Test
    void aConstructorThatThrowsNamesTheRow() {
        RecordTable<Picky> picky = shop.tables().create(TableSpec.of("picky", Picky.class));
        picky.tuples().insert(Tuple.of("bob", -1));

        assertThatThrownBy(() -> picky.get("bob"))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("bob")
                .hasMessageContaining("age is -1")
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> picky.take("bob")).isInstanceOf(ShapeException.class);
        assertThat(picky.size()).isOne();
    }

    private record Brief(double rating, String title) {}

    private record Later(String title, Optional<String> lead, int year) {}

    @Test
    void anotherBundlesViewReadsWhatItKnows() {
        shows();
        TableBench.Holder reader = bench.holder("reader");

        assertThat(reader.tables().open("shows", Brief.class).get("Flash")).isEqualTo(new Brief(7.5, "Flash"));
        assertThat(reader.tables()
                        .open(TableSpec.of("shows", Later.class).otherwise("year", 2000))
                        .get("Dark"))
                .isEqualTo(new Later("Dark", Optional.empty(), 2000));
        assertThatThrownBy(() -> reader.tables().open("shows", Later.class))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'year'");
    }

    @Test
    void aViewThatLacksColumnsLeavesThemAlone() {
        RecordTable<Show> shows = shop.tables()
                .claim(TableSpec.of("shows", Show.class).access(Access.PUBLIC).otherwise("rating", 5.0));
        shows.insert(new Show("Dark", "Jonas", 8.5));
        record Name(String title, String lead) {}
        RecordTable<Name> names = bench.holder("reader").tables().open("shows", Name.class);

        names.replace(new Name("Dark", "Jonas"), new Name("Dark", "Martha"));
        names.insert(new Name("Lost", "Jack"));

        assertThat(shows.get("Dark")).isEqualTo(new Show("Dark", "Martha", 8.5));
        assertThat(shows.get("Lost")).isEqualTo(new Show("Lost", "Jack", 5.0));
    }

    @Test
    void theTableRemembersItsShape() {
        RecordTable<Show> shows = shows();

        assertThat(shop.tables().find("shows").orElseThrow().shape())
                .isSameAs(shows.tuples().shape());
        assertThat(shows.tuples().shape()).hasToString("(title string, lead string?, rating double)");
        assertThat(TableSpec.of("x", Show.class).key("rating").table().keyPosition())
                .isEqualTo(2);
    }

    @Test
    void aWrongDefaultIsRefusedWhereItIsSaid() {
        RecordSpec<Show> spec = TableSpec.of("shows", Show.class);

        assertThatThrownBy(() -> spec.otherwise("rating", "high"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rating");
        assertThatThrownBy(() -> spec.otherwise("stars", 1)).hasMessageContaining("stars");
        assertThatThrownBy(() -> spec.key("stars")).hasMessageContaining("stars");
    }

    @Test
    void shapesGoThroughTerms() {
        var shape = TableSpec.of("all", Everything.class).table().shape();

        assertThat(shape).isNotNull();
        assertThat(org.bequest.table.Shape.ofTerm(shape.toTerm())).isEqualTo(shape);
        assertThat(Arrays.asList(shape.column("state"))).doesNotContainNull();
    }
}
