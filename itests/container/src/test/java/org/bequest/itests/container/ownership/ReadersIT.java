// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Readers go on while a table changes hands, and see batches whole. */
public class ReadersIT extends ContainerTest {
    private static final int HANDOVERS = 40;
    private static final int BATCH = 20;

    @Test
    public void readersOfASetSeeWholeBatches_throughEveryKindOfHandover() throws Exception {
        handOver(TableType.SET);
    }

    @Test
    public void readersOfAnOrderedSetSeeWholeBatches_throughEveryKindOfHandover() throws Exception {
        handOver(TableType.ORDERED_SET);
    }

    /** All rows of a batch have the same value, which only grows; the table goes by gift, by death to an heir, by escrow. */
    private void handOver(TableType type) throws Exception {
        TableSpec spec = TableSpec.of("moving").type(type).heir(Recipient.named("heir"), null);
        Spawned owner = bench.spawn();
        owner.runs(self -> write(self.tables().claim(spec)));
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicLong reads = new AtomicLong();
        List<Thread> readers = new ArrayList<>();
        for (Bundle bundle : List.of(bench.bundle("reader-1"), bench.bundle("reader-2"))) {
            Tables tables = bench.tablesOf(bundle);
            Thread reader = new Thread(() -> {
                try {
                    while (!over.get()) {
                        read(tables.open("moving"));
                        reads.incrementAndGet();
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            reader.start();
            readers.add(reader);
        }

        for (int i = 0; i < HANDOVERS && failure.get() == null; i++) {
            long before = reads.get();
            Wait.until("somebody reads", () -> reads.get() > before || failure.get() != null);
            owner = next(owner, spec, i % 3);
        }
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(failure).hasNullValue();
        assertThat(bench.tables().open("moving").get(0)).isEqualTo(Tuple.of(0, 10 * (HANDOVERS + 1)));
    }

    private Spawned next(Spawned owner, TableSpec spec, int way) throws Exception {
        Spawned next = way == 1 ? bench.spawn("heir") : bench.spawn();
        switch (way) {
            case 0 -> owner.runs(self -> self.tables().open("moving").giveAway(next.recipient(), null));
            case 1 -> {
                owner.killed();
                next.runs(self -> self.unregister("heir"));
            }
            default -> {
                owner.killed();
                next.runs(self -> self.tables().claim(spec));
            }
        }
        next.runs(self -> write(self.tables().open("moving")));
        if (owner.alive()) {
            owner.killed();
        }
        return next;
    }

    /** Ten more batches. */
    private static void write(Table table) {
        Tuple present = table.get(0);
        long value = present == null ? 0 : present.getLong(1);
        for (int i = 1; i <= 10; i++) {
            List<Tuple> batch = new ArrayList<>();
            for (int key = 0; key < BATCH; key++) {
                batch.add(Tuple.of(key, value + i));
            }
            table.insert(batch);
        }
    }

    private static void read(Table table) {
        Map<Long, Long> numberByValue =
                table.toList().stream().collect(Collectors.groupingBy(row -> row.getLong(1), Collectors.counting()));
        assertThat(numberByValue).as("rows by value").hasSize(1).containsValue((long) BATCH);
        assertThat(table.size()).isEqualTo(BATCH);
        long previous = 0;
        for (long key = 0; key < BATCH; key++) {
            long value = table.lookup(key).get(0).getLong(1);
            assertThat(value).as("value of key %d", key).isGreaterThanOrEqualTo(previous);
            previous = value;
        }
        assertThat(table.stream().map(row -> row.get(0)).distinct().count()).isEqualTo(BATCH);
    }
}
