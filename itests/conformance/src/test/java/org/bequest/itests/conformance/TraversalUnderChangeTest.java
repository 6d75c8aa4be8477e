// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.tuple;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bequest.itests.conformance.engine.EmbeddedContainer;
import org.bequest.match.MatchSpec;
import org.bequest.match.MatchSyntax;
import org.bequest.table.Keyed;
import org.bequest.table.Page;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;

/** Every row that is there all the time is met exactly once, however one goes through a table and whatever changes meanwhile. */
class TraversalUnderChangeTest {
    private static final String STAYS = "stays";

    private static EmbeddedContainer container;
    private static Tables tables;

    @BeforeContainer
    static void startContainer() throws Exception {
        container = EmbeddedContainer.start("org.bequest.tables.heap");
        tables = container.tablesOf(container.newBundle("walker"));
    }

    @AfterContainer
    static void stopContainer() throws Exception {
        container.close();
    }

    /** A way through a table, which lets something happen after each step. */
    enum Way {
        ITERATOR {
            @Override
            List<Tuple> rows(Table table, Runnable afterStep) {
                List<Tuple> met = new ArrayList<>();
                for (Iterator<Tuple> rows = table.iterator(); rows.hasNext(); afterStep.run()) {
                    met.add(rows.next());
                }
                return met;
            }
        },
        STREAM {
            @Override
            List<Tuple> rows(Table table, Runnable afterStep) {
                return table.stream().peek(row -> afterStep.run()).toList();
            }
        },
        KEYS {
            @Override
            List<Tuple> rows(Table table, Runnable afterStep) {
                List<Tuple> met = new ArrayList<>();
                for (Object key = table.first(); key != null; key = table.next(key)) {
                    met.addAll(table.lookup(key));
                    afterStep.run();
                }
                return met;
            }
        },
        KEYS_BACKWARD {
            @Override
            List<Tuple> rows(Table table, Runnable afterStep) {
                List<Tuple> met = new ArrayList<>();
                for (Keyed at = table.lastLookup(); at != null; at = table.prevLookup(at.key())) {
                    met.addAll(at.rows());
                    afterStep.run();
                }
                return met;
            }
        },
        PAGES {
            @Override
            List<Tuple> rows(Table table, Runnable afterStep) {
                return pages(table, table.select(MATCH_ALL, 3), afterStep);
            }
        },
        PAGES_BACKWARD {
            @Override
            List<Tuple> rows(Table table, Runnable afterStep) {
                return pages(table, table.selectReverse(MATCH_ALL, 3), afterStep);
            }
        };

        private static final MatchSpec MATCH_ALL = MatchSyntax.rows();

        abstract List<Tuple> rows(Table table, Runnable afterStep);

        private static List<Tuple> pages(Table table, Page first, Runnable afterStep) {
            List<Tuple> met = new ArrayList<>();
            Page page = first;
            for (; page.next() != null; page = table.select(page.next())) {
                page.results().forEach(row -> met.add((Tuple) row));
                afterStep.run();
            }
            page.results().forEach(row -> met.add((Tuple) row));
            return met;
        }
    }

    @Property(tries = 1_500)
    void rowsThatStayAreMetExactlyOnce(
            @ForAll TableType type,
            @ForAll Way way,
            @ForAll @IntRange(min = 0, max = 30) int staying,
            @ForAll("changes") List<Consumer<Table>> changes) {
        Table table = tables.create(TableSpec.of(UUID.randomUUID().toString()).type(type));
        List<Tuple> expected = new ArrayList<>();
        for (int i = 0; i < staying; i++) {
            // Halves lie between the keys that come and go.
            expected.add(Tuple.of(i + 0.5, STAYS));
            table.insert(expected.get(i));
            table.insert(Tuple.of(i, 0));
        }
        Iterator<Consumer<Table>> next = changes.iterator();
        List<Tuple> met = way.rows(table, () -> {
            if (next.hasNext()) {
                next.next().accept(table);
            }
        });
        assertThat(met.stream().filter(row -> STAYS.equals(row.get(1)))).containsExactlyInAnyOrderElementsOf(expected);
        table.drop();
    }

    @Provide
    Arbitrary<List<Consumer<Table>>> changes() {
        Arbitrary<Long> key = Arbitraries.longs().between(-2, 32);
        Arbitrary<Consumer<Table>> change = Arbitraries.oneOf(
                key.map(k -> table -> table.insert(Tuple.of(k, 1))),
                key.map(k -> table -> table.delete(k)),
                key.map(k -> table -> table.deleteObject(Tuple.of(k, 0))),
                key.map(k -> table -> table.take(k)),
                Combinators.combine(key, Arbitraries.longs().between(1, 100))
                        .as((from, count) -> table -> table.insert(batch(from, count))),
                Arbitraries.just(table -> table.matchDelete(tuple(any(), 0))));
        return change.list().ofMaxSize(40);
    }

    private static List<Tuple> batch(long from, long count) {
        return LongStream.range(from, from + count)
                .mapToObj(key -> Tuple.of(key, 2))
                .toList();
    }
}
