// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.match;
import static org.bequest.match.MatchSyntax.tuple;
import static org.bequest.match.MatchSyntax.var;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bequest.itests.conformance.engine.EmbeddedContainer;
import org.bequest.match.MatchSpec;
import org.bequest.table.CounterUpdate;
import org.bequest.table.DumpException;
import org.bequest.table.FencedException;
import org.bequest.table.Owner;
import org.bequest.table.Page;
import org.bequest.table.Recipient;
import org.bequest.table.RowForm;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.table.Transfer;
import org.bequest.table.TransferListener;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The tour of tables, up to typed rows. */
class TablesTourTest {
    private static EmbeddedContainer container;
    private static Bundle plugin;
    private static Tables tables;

    private Table shows;

    @TempDir
    Path folder;

    @BeforeAll
    static void startContainer() throws Exception {
        container = EmbeddedContainer.start("org.bequest.tables.heap");
        plugin = container.newBundle("org.example.shows");
        tables = container.tablesOf(plugin);
    }

    @AfterAll
    static void stopContainer() throws Exception {
        container.close();
    }

    @BeforeEach
    void createShows() {
        // tag::create[]
        shows = tables.create(TableSpec.of("shows"));

        shows.insert(Tuple.of("The Flash", "Grant Gustin", 7.9));
        shows.insert(List.of(
                Tuple.of("How I Met Your Mother", "Josh Radnor", 8.3),
                Tuple.of("Supergirl", "Melissa Benoist", 6.4),
                Tuple.of("Agents of S.H.I.E.L.D.", "Chloe Bennet", 7.5)));
        // end::create[]
    }

    @AfterEach
    void dropAll() {
        tables.list().stream().map(TableInfo::name).forEach(name -> tables.open(name)
                .drop());
    }

    @Test
    void rowsAreFoundByKey() {
        // tag::lookup[]
        assertThat(shows.get("The Flash")).isEqualTo(Tuple.of("The Flash", "Grant Gustin", 7.9));
        assertThat(shows.lookup("The Flash")).containsExactly(Tuple.of("The Flash", "Grant Gustin", 7.9));
        assertThat(shows.lookupElement("Supergirl", 2)).isEqualTo(6.4);
        assertThat(shows.get("Firefly")).isNull();

        shows.delete("Agents of S.H.I.E.L.D.");
        assertThat(shows.size()).isEqualTo(3);
        // end::lookup[]
    }

    @Test
    void rowsAreWrittenOnCondition() {
        // tag::write[]
        assertThat(shows.insertNew(Tuple.of("Supergirl", "Helen Slater", 4.5))).isFalse(); // the key is there
        assertThat(shows.update("Supergirl", 2, 6.5)).isTrue(); // one element

        Tuple before = shows.get("Supergirl");
        assertThat(shows.replace(before, before.with(2, 6.6))).isTrue(); // if it is still that row
        assertThat(shows.replace(before, before.with(2, 9.9))).isFalse();

        assertThat(shows.take("Supergirl")).containsExactly(before.with(2, 6.6)); // removed and returned, at once
        assertThat(shows.member("Supergirl")).isFalse();
        // end::write[]
    }

    @Test
    void typesTellRowsApart() {
        // tag::types[]
        Table set = tables.create(TableSpec.of("a set"));
        Table ordered = tables.create(TableSpec.of("an ordered set").type(TableType.ORDERED_SET));
        Table bag = tables.create(TableSpec.of("a bag").type(TableType.BAG));
        Table duplicates = tables.create(TableSpec.of("a duplicate bag").type(TableType.DUPLICATE_BAG));

        for (Table table : List.of(set, ordered, bag, duplicates)) {
            table.insert(List.of(Tuple.of(1, "a"), Tuple.of(1.0, "b"), Tuple.of(1, "c"), Tuple.of(1, "c")));
        }

        assertThat(set.lookup(1)).containsExactly(Tuple.of(1, "c")); // the last; 1.0 is another key
        assertThat(set.size()).isEqualTo(2);
        assertThat(ordered.toList()).containsExactly(Tuple.of(1, "c")); // 1.0 is the same key
        assertThat(bag.lookup(1)).containsExactly(Tuple.of(1, "a"), Tuple.of(1, "c")); // each row once
        assertThat(duplicates.lookup(1)).containsExactly(Tuple.of(1, "a"), Tuple.of(1, "c"), Tuple.of(1, "c"));
        // end::types[]
    }

    @Test
    void countersCount() {
        // tag::counters[]
        Table visits = tables.create(TableSpec.of("visits"));
        Tuple none = Tuple.of("page", 0, 0); // where counting begins; its key is that of the call

        assertThat(visits.updateCounter("home", 1, 1, none)).isEqualTo(1);
        assertThat(visits.updateCounter("home", 1, 5)).isEqualTo(6);

        // both at once: one more visit, and a shard that goes from 0 to 3 and round again
        List<CounterUpdate> turn =
                List.of(CounterUpdate.add(1, 1), CounterUpdate.add(2, 1).orElse(3, 0));
        assertThat(visits.updateCounter("home", turn, none)).containsExactly(7L, 1L);
        // end::counters[]
        visits.updateCounter("home", turn, none);
        assertThat(visits.updateCounter("home", turn, none)).containsExactly(9L, 3L);
        assertThat(visits.updateCounter("home", turn, none)).containsExactly(10L, 0L);
    }

    @Test
    void patternsMatch() {
        // tag::patterns[]
        assertThat(shows.match(tuple(var(1), "Grant Gustin", var(2)))).containsExactly(List.of("The Flash", 7.9));
        assertThat(shows.match(tuple(var(2), "Grant Gustin", var(1)))).containsExactly(List.of(7.9, "The Flash"));
        assertThat(shows.match(tuple(var(1), "Grant Gustin", any()))).containsExactly(List.of("The Flash"));

        assertThat(shows.matchObject(tuple(any(), "Grant Gustin", any())))
                .containsExactly(Tuple.of("The Flash", "Grant Gustin", 7.9));
        // end::patterns[]
    }

    @Test
    void specificationsHaveGuards() {
        // tag::specs[]
        MatchSpec good = match(tuple(var(1), any(), var(2)))
                .where(var(2).atLeast(7.5), var(2).lessThan(9))
                .select(var(1), var(2).times(10));

        assertThat(shows.select(good))
                .containsExactlyInAnyOrder(
                        Tuple.of("The Flash", 79.0),
                        Tuple.of("How I Met Your Mother", 83.0),
                        Tuple.of("Agents of S.H.I.E.L.D.", 75.0));
        // end::specs[]
    }

    @Test
    void guardsWithoutAValueAreNotTrue() {
        // tag::guards[]
        shows.insert(Tuple.of("Firefly", "Nathan Fillion", "not rated"));

        MatchSpec sum = match(tuple(var(1), any(), var(2))).where(var(2).plus(1).greaterThan(9));
        assertThat(shows.selectCount(sum)).isEqualTo(1); // a string has no sum: that row is passed by

        MatchSpec high = match(tuple(var(1), any(), var(2))).where(var(2).greaterThan(8));
        assertThat(shows.selectCount(high)).isEqualTo(2); // any two terms can be compared; strings are beyond numbers

        MatchSpec number = match(tuple(var(1), any(), var(2))).where(var(2).isNumber(), var(2).greaterThan(8));
        assertThat(shows.selectCount(number)).isEqualTo(1);
        // end::guards[]
    }

    @Test
    void explainTellsTheWay() {
        // tag::explain[]
        assertThat(shows.explain(match(tuple("The Flash", any(), any())))).isEqualTo("lookup of key \"The Flash\"");
        assertThat(shows.explain(match(tuple(any(), "Grant Gustin", any())))).isEqualTo("full scan");

        Table readings = tables.create(TableSpec.of("readings").type(TableType.ORDERED_SET));
        MatchSpec hour = match(tuple(var(1), any())).where(var(1).atLeast(3600), var(1).lessThan(7200));
        assertThat(readings.explain(hour)).isEqualTo("range scan of 3600 =< key < 7200");
        // end::explain[]
    }

    @Test
    void rowsAreReplacedOnCondition() {
        // tag::replace[]
        Table tickets = tables.create(TableSpec.of("tickets"));
        tickets.insert(Tuple.of("matinee", 2));

        MatchSpec sell =
                match(tuple("matinee", var(1))).where(var(1).greaterThan(0)).select("matinee", var(1).minus(1));

        assertThat(tickets.selectReplace(sell)).isEqualTo(1); // sold
        assertThat(tickets.selectReplace(sell)).isEqualTo(1); // sold
        assertThat(tickets.selectReplace(sell)).isZero(); // sold out
        // end::replace[]
        assertThat(tickets.toList()).containsExactly(Tuple.of("matinee", 0));
    }

    @Test
    void rowsAreTakenOnCondition() {
        // tag::take[]
        Table jobs = tables.create(TableSpec.of("jobs").type(TableType.ORDERED_SET));
        jobs.insert(List.of(Tuple.of(100, "mail"), Tuple.of(200, "report"), Tuple.of(300, "backup")));

        MatchSpec due = match(tuple(var(1), any())).where(var(1).atMost(200));
        assertThat(jobs.selectTake(due)).containsExactly(Tuple.of(100, "mail"), Tuple.of(200, "report"));
        assertThat(jobs.toList()).containsExactly(Tuple.of(300, "backup"));
        // end::take[]
    }

    @Test
    void walksAndPages() {
        // tag::walk[]
        Table numbers = tables.create(TableSpec.of("numbers").type(TableType.ORDERED_SET));
        for (int i = 0; i < 10; i++) {
            numbers.insert(Tuple.of(i, i * i));
        }

        List<Object> keys = new ArrayList<>();
        for (Object key = numbers.first(); key != null; key = numbers.next(key)) {
            keys.add(key);
            numbers.delete(key); // the key need not be there for the next step
        }
        assertThat(keys).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        // end::walk[]
        for (int i = 0; i < 10; i++) {
            numbers.insert(Tuple.of(i, i * i));
        }
        // tag::pages[]
        MatchSpec squares = match(tuple(any(), var(1))).select(var(1));
        Page page = numbers.selectReverse(squares, 4);
        assertThat(page.results()).containsExactly(81L, 64L, 49L, 36L);
        page = numbers.select(page.next());
        assertThat(page.results()).containsExactly(25L, 16L, 9L, 4L);
        page = numbers.select(page.next());
        assertThat(page.results()).containsExactly(1L, 0L);
        assertThat(page.next()).isNull();
        // end::pages[]
        // tag::stream[]
        double best = shows.stream().mapToDouble(row -> row.getDouble(2)).max().orElseThrow();
        assertThat(best).isEqualTo(8.3);
        // end::stream[]
    }

    // tag::form[]
    /** A row of two elements, as its second. */
    static final class Count implements RowForm<Long> {
        @Override
        public Long value(Tuple row) {
            return row.getLong(1);
        }

        @Override
        public Tuple row(Object key, Long count) {
            return Tuple.of(key, count);
        }
    }
    // end::form[]

    @Test
    void tablesAreMaps() {
        // tag::map[]
        ConcurrentMap<Object, Tuple> byTitle = shows.asMap();
        byTitle.computeIfPresent("Supergirl", (title, row) -> row.with(2, 7.0));
        assertThat(shows.lookupElement("Supergirl", 2)).isEqualTo(7.0);
        // end::map[]
        // tag::counts[]
        Table words = tables.create(TableSpec.of("words").type(TableType.ORDERED_SET));
        ConcurrentNavigableMap<Object, Long> counts = words.asNavigableMap(new Count());
        for (String word : "it was the best of times it was the worst of times".split(" ")) {
            counts.merge(word, 1L, Long::sum);
        }

        assertThat(counts.headMap("the")).isEqualTo(Map.of("best", 1L, "it", 2L, "of", 2L));
        assertThat(words.get("the")).isEqualTo(Tuple.of("the", 2));
        // end::counts[]
    }

    @Test
    void tablesAreWrittenToFiles() throws Exception {
        // tag::dump[]
        Path file = folder.resolve("shows.dump");
        shows.dump(file);
        assertThat(tables.inspect(file).rows()).isEqualTo(4);

        Table copy = tables.load(file, "shows of yesterday");
        assertThat(copy.toList()).containsExactlyInAnyOrderElementsOf(shows.toList());
        // end::dump[]
        // tag::damage[]
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> tables.load(file, "shows of tomorrow"))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("does not have its checksum");
        assertThat(tables.find("shows of tomorrow")).isEmpty();
        // end::damage[]
    }

    @Test
    void tablesOutliveTheirBundle() throws Exception {
        // tag::claim[]
        Table carts = tables.claim(TableSpec.of("carts"));
        carts.insert(Tuple.of("ann", List.of("tea", "milk")));
        // end::claim[]
        shows.drop();
        plugin.stop();
        TableInfo left = container
                .tablesOf(container.newBundle("org.example.operator"))
                .find("carts")
                .orElseThrow();
        assertThat(left.owner()).isInstanceOf(Owner.Escrow.class);
        plugin.start();
        tables = container.tablesOf(plugin);
        Table old = carts;
        // tag::reclaim[]
        carts = tables.claim(TableSpec.of("carts"));
        assertThat(carts.get("ann")).isEqualTo(Tuple.of("ann", List.of("tea", "milk")));
        // end::reclaim[]
        assertThatThrownBy(() -> old.insert(Tuple.of("bob", List.of()))).isInstanceOf(FencedException.class);
    }

    @Test
    void tablesAreInherited() throws Exception {
        Bundle keeper = container.newBundle("org.example.keeper");
        Tables keepersTables = container.tablesOf(keeper);
        BlockingQueue<Transfer> transfers = new LinkedBlockingQueue<>();
        keeper.getBundleContext().registerService(TransferListener.class, transfers::add, null);
        keepersTables.list(); // who never asked for a table cannot be given one

        // tag::give[]
        Table orders = tables.create(TableSpec.of("orders"));
        orders.insert(Tuple.of(1, "tea"));
        orders.giveAway(Recipient.bundle("org.example.keeper"), "for the night");

        assertThatThrownBy(() -> orders.insert(Tuple.of(2, "milk"))).isInstanceOf(FencedException.class);
        // end::give[]
        Transfer given = transfers.poll(10, TimeUnit.SECONDS);
        // tag::given[]
        assertThat(given.gift()).isEqualTo("for the night");
        assertThat(given.table().get(1)).isEqualTo(Tuple.of(1, "tea"));
        // end::given[]
        given.table().drop();

        // tag::heir[]
        Table queue = tables.create(
                TableSpec.of("queue").heir(Recipient.bundle("org.example.keeper"), "what was left of it"));
        // end::heir[]
        queue.insert(Tuple.of(1, "tea"));
        shows.drop();
        plugin.stop();
        Transfer inherited = transfers.poll(10, TimeUnit.SECONDS);
        assertThat(inherited.gift()).isEqualTo("what was left of it");
        inherited.table().drop();
        plugin.start();
        tables = container.tablesOf(plugin);
        keeper.stop();
    }
}
