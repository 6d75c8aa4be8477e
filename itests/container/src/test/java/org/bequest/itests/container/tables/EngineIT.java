// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.table.Access;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The storage engine's bundle is replaced while its tables live. */
public class EngineIT extends ContainerTest {
    private static final int BATCH = 50;

    private Bundle engine;

    @Before
    public void findEngine() {
        engine = bench.shipped("org.bequest.tables.heap");
    }

    @After
    public void startEngine() throws Exception {
        engine.start();
    }

    @Test
    public void rowsStay_whenTheEngineIsUpdated() throws Exception {
        for (TableType type : TableType.values()) {
            Table table = bench.tables().create(TableSpec.of("kept-" + type).type(type));
            List<Tuple> rows = LongStream.range(0, 1_000)
                    .mapToObj(i -> Tuple.of(i, "row " + i))
                    .toList();
            table.insert(rows);

            engine.update();

            assertThat(table.toList()).containsExactlyInAnyOrderElementsOf(rows);
            table.insert(Tuple.of(-1, "afterwards"));
            assertThat(table.size()).isEqualTo(1_001);
        }
    }

    @Test
    public void tablesGoOn_andNewOnesAreMade_whileTheEngineIsAway() throws Exception {
        Table table = bench.tables().create(TableSpec.of("kept"));
        table.insert(Tuple.of("k", 1));

        engine.stop();

        assertThat(table.get("k")).isEqualTo(Tuple.of("k", 1));
        table.insert(List.of(Tuple.of("k", 2), Tuple.of("k2", 2)));
        Table another = bench.tables().create(TableSpec.of("another"));
        another.insert(Tuple.of("made", "meanwhile"));
        engine.start();

        assertThat(table.size()).isEqualTo(2);
        assertThat(another.toList()).containsExactly(Tuple.of("made", "meanwhile"));
    }

    @Test
    public void neitherReadersNorWritersNotice_whenTheEngineIsReplacedOverAndOver() throws Exception {
        Table table = bench.tables().create(TableSpec.of("busy").access(Access.PUBLIC));
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        List<CompletableFuture<?>> users = new ArrayList<>();
        write(table, 0);
        users.add(Background.run(() -> {
            for (long value = 1; !over.get(); value++) {
                write(table, value);
            }
        }));
        AtomicLong counted = new AtomicLong();
        users.add(Background.run(() -> {
            while (!over.get()) {
                counted.set(table.updateCounter("count", 1, 1, Tuple.of("count", 0)));
            }
        }));
        users.add(Background.run(() -> {
            while (!over.get()) {
                List<Object> values = table.toList().stream()
                        .filter(row -> row.get(0) instanceof Long)
                        .map(row -> row.get(1))
                        .toList();
                assertThat(values).hasSize(BATCH);
                assertThat(values).containsOnly(values.get(0));
                reads.incrementAndGet();
            }
        }));

        for (int i = 0; i < 20; i++) {
            long before = reads.get();
            engine.update();
            Wait.until(
                    "somebody reads",
                    () -> reads.get() > before || users.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
        }
        over.set(true);
        users.forEach(Wait::result);

        assertThat(table.get("count")).isEqualTo(Tuple.of("count", counted.get()));
        assertThat(table.size()).isEqualTo(BATCH + 1);
    }

    /** One batch whose rows all have that value. */
    private static void write(Table table, long value) {
        table.insert(
                LongStream.range(0, BATCH).mapToObj(key -> Tuple.of(key, value)).toList());
    }

    @Test
    public void classLoaderOfTheReplacedEngineIsCollected_thoughItsTablesLive() throws Exception {
        Table table = bench.tables().create(TableSpec.of("kept").type(TableType.ORDERED_SET));
        table.insert(Tuple.of("k", "v"));
        ClassLoaderWatch old = ClassLoaderWatch.of(engine);

        engine.update();

        old.assertCollected();
        assertThat(table.toList()).containsExactly(Tuple.of("k", "v"));
    }
}
