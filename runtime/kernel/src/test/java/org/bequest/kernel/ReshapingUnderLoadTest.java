// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.bequest.record.RecordSpec;
import org.bequest.record.RecordTable;
import org.bequest.table.Access;
import org.bequest.table.TableSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers and readers of the first version go on while the owner changes the shape, there and back. No write that has returned
 * is lost, no reader fails or sees half of something, and in the end every row is one of the newest shape.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReshapingUnderLoadTest {
    private static final int ROUNDS = 60;
    private static final int MIGRATIONS = 10;
    /** Rows that each writer has in turn, so that a table stays small enough to be read often. */
    private static final int KEYS = 50;

    private final TableBench bench = new TableBench();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

    /** The name always says the count. */
    private record V1(String id, int count, String name) {}

    /** In another order, so that whoever confuses layouts is found out. */
    private record V2(double rating, String name, String id, long count) {}

    private record Renamed(double rating, String title, String id, int count) {}

    private record Shorter(String id, String name) {}

    @AfterEach
    void end() {
        over.set(true);
        threads.shutdownNow();
    }

    private static <T extends Record> RecordSpec<T> spec(Class<T> record) {
        return TableSpec.of("t", record).key("id").access(Access.PUBLIC);
    }

    private <T extends Record> RecordTable<T> claim(RecordSpec<T> spec) {
        return bench.holder("app").tables().claim(spec);
    }

    private RecordTable<V1> view(String holder) {
        return bench.holder(holder).tables().open(spec(V1.class).otherwise("count", -1));
    }

    /** @param countStays whether the count is in every shape there is */
    private Callable<Void> writer(int number, boolean countStays) {
        RecordTable<V1> table = view("writer" + number);
        return () -> {
            for (int i = 1; !over.get(); i++) {
                String id = number + "/" + i % KEYS;
                table.insert(new V1(id, i, "n" + i));
                acknowledged.put(id, i);
                V1 read = table.get(id);
                assertThat(read).isNotNull();
                assertThat(read.name()).isEqualTo("n" + i);
                if (countStays && i % 7 == 0) {
                    assertThat(table.replace(read, new V1(id, -i, "n" + -i))).isTrue();
                    acknowledged.put(id, -i);
                }
            }
            return null;
        };
    }

    private Callable<Void> reader(int number, boolean countStays) {
        RecordTable<V1> table = view("reader" + number);
        return () -> {
            while (!over.get()) {
                List<V1> all = new ArrayList<>(table.toList());
                table.iterator().forEachRemaining(all::add);
                all.addAll(table.where());
                for (V1 row : all) {
                    if (countStays || row.count() != -1) {
                        assertThat(row.name()).isEqualTo("n" + row.count());
                    }
                }
            }
            return null;
        };
    }

    private interface Round {
        void run(int round);
    }

    private void underLoad(int rounds, boolean countStays, Round round) throws Exception {
        claim(spec(V1.class));
        Queue<Future<Void>> load = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 2; i++) {
            load.add(threads.submit(writer(i, countStays)));
            load.add(threads.submit(reader(i, countStays)));
        }
        try {
            for (int i = 0; i < rounds && load.stream().noneMatch(Future::isDone); i++) {
                int before = acknowledged.size();
                round.run(i);
                while (acknowledged.size() < Math.min(before + 1, 2 * KEYS)
                        && load.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            over.set(true);
        }
        for (Future<Void> each : load) {
            each.get(60, TimeUnit.SECONDS);
        }
    }

    private void assertNothingLost(List<String> names, List<String> ids) {
        assertThat(ids).containsExactlyInAnyOrderElementsOf(acknowledged.keySet());
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        acknowledged.values().stream().map(i -> "n" + i).toList());
    }

    @Test
    void columnsComeAndGo_andAreWidenedAndNarrowed() throws Exception {
        underLoad(ROUNDS, true, i -> {
            if (i % 2 == 0) {
                claim(spec(V2.class).otherwise("rating", 1.5)).size();
            } else {
                claim(spec(V1.class)).size();
            }
        });

        List<V2> rows = claim(spec(V2.class).otherwise("rating", 1.5)).toList();
        assertNothingLost(
                rows.stream().map(V2::name).toList(), rows.stream().map(V2::id).toList());
        assertThat(rows).allMatch(row -> row.rating() == 1.5 && row.name().equals("n" + row.count()));
    }

    @Test
    void columnsAreRenamedAndReordered() throws Exception {
        RecordSpec<Renamed> renamed =
                spec(Renamed.class).renamed("name", "title").otherwise("rating", 2.5);
        underLoad(ROUNDS, true, i -> {
            if (i % 2 == 0) {
                claim(renamed);
            } else {
                claim(spec(V1.class));
            }
        });

        List<Renamed> rows = claim(renamed).toList();
        assertNothingLost(
                rows.stream().map(Renamed::title).toList(),
                rows.stream().map(Renamed::id).toList());
        assertThat(rows).allMatch(row -> row.title().equals("n" + row.count()));
    }

    @Test
    void aColumnIsDropped() throws Exception {
        underLoad(ROUNDS, false, i -> {
            if (i % 2 == 0) {
                claim(spec(Shorter.class));
            } else {
                claim(spec(V1.class).otherwise("count", -1));
            }
        });

        List<Shorter> rows = claim(spec(Shorter.class)).toList();
        assertThat(rows.stream().map(Shorter::id)).containsExactlyInAnyOrderElementsOf(acknowledged.keySet());
    }

    /** A writer is faster than the function, and would always have changed some row just at the end. */
    @Test
    void aSlowMigrationOfABusyTableComesToItsEnd() throws Exception {
        RecordTable<V1> table = claim(spec(V1.class));
        RecordTable<V1> other = view("other");
        Future<?> writer = threads.submit(() -> {
            for (int i = 0; !over.get(); i++) {
                other.insert(new V1("k" + i % 10, i, "n" + i));
            }
        });
        while (table.size() < 10) {
            Thread.onSpinWait();
        }

        RecordTable<V2> migrated = claim(spec(V2.class).otherwise("rating", 1.5).migrate(row -> {
            LockSupport.parkNanos(1_000_000);
            return new V2(3.5, (String) row.get("name"), (String) row.get("id"), (Long) row.get("count"));
        }));

        over.set(true);
        writer.get(60, TimeUnit.SECONDS);
        assertThat(migrated.toList()).hasSize(10).allMatch(row -> row.name().equals("n" + row.count()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsAreMigrated(boolean reshapedBetween) throws Exception {
        RecordSpec<V2> migrating = spec(V2.class)
                .otherwise("rating", 1.5) // for those who write as V1
                .migrate(row -> new V2(3.5, (String) row.get("name"), (String) row.get("id"), (Long) row.get("count")));
        RecordSpec<V1> back = spec(V1.class)
                .migrate(row -> new V1(
                        (String) row.get("id"), Math.toIntExact((Long) row.get("count")), (String) row.get("name")));
        underLoad(MIGRATIONS, true, i -> {
            if (i % 2 == 0) {
                claim(migrating.progress((rows, of) -> {}));
            } else {
                claim(back.progress((rows, of) -> {}));
            }
            if (reshapedBetween) {
                claim(spec(Renamed.class).renamed("name", "title").otherwise("rating", 4.5));
                claim(spec(V1.class));
            }
        });

        List<V2> rows = claim(migrating).toList();
        assertNothingLost(
                rows.stream().map(V2::name).toList(), rows.stream().map(V2::id).toList());
        assertThat(rows).allMatch(row -> row.name().equals("n" + row.count()));
    }
}
