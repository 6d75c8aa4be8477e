// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.bequest.table.Table;
import org.bequest.table.TableType;
import org.bequest.term.Tuple;

/**
 * Threads that read and write a table and expect every answer. Writers remember what was acknowledged; at the end, all of that
 * must be there.
 */
final class Load implements AutoCloseable {
    private static final String STAYS = "stays";
    private static final long STAYING = 500;
    private static final int WRITERS = 2;
    private static final long WRITES_AWAITED = 20;
    private static final long PATIENCE_SECONDS = 20;
    /** Rows of one writer that are there at a time: enough to take long to move, little enough not to slow the test down. */
    private static final long WINDOW = 300;

    private final Table table;
    private final TableType type;
    private final ExecutorService threads = Executors.newCachedThreadPool(Together::daemon);
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong readings = new AtomicLong();
    private volatile boolean over;

    Load(Table table, TableType type) {
        this.table = table;
        this.type = type;
    }

    void start() {
        table.insert(LongStream.range(0, STAYING)
                .mapToObj(key -> Tuple.of(key, STAYS))
                .toList());
        table.insert(Tuple.of("counter", 0));
        for (int i = 0; i < WRITERS; i++) {
            String name = "writer " + i;
            running.add(threads.submit(write(name)));
        }
        running.add(threads.submit(traverse()));
        running.add(threads.submit(look()));
        if (type.isSet()) {
            running.add(threads.submit(count()));
        }
    }

    /** Rows {@code {{name, n}, n, "row"}} for every n in the window below the last that was acknowledged. */
    private Callable<Void> write(String name) {
        return () -> {
            long n = 0;
            while (!over) {
                n++;
                if (n % 3 == 0) {
                    table.insert(List.of(row(name, n), row(name, n + 1)));
                    n++;
                } else {
                    assertTrue(table.insertNew(row(name, n)));
                }
                for (long old = n - WINDOW; old > n - WINDOW - 2 && old > 0; old--) {
                    table.delete(key(name, old));
                }
                writes.incrementAndGet();
            }
            for (long there = Math.max(1, n - WINDOW + 1); there <= n; there++) {
                assertEquals(
                        List.of(row(name, there)), table.lookup(key(name, there)), "an acknowledged write is lost");
            }
            for (long gone = 1; gone <= n - WINDOW; gone++) {
                assertEquals(List.of(), table.lookup(key(name, gone)), "an acknowledged delete is undone");
            }
            return null;
        };
    }

    private static Tuple key(String name, long n) {
        return Tuple.of(name, n);
    }

    private static Tuple row(String name, long n) {
        return Tuple.of(key(name, n), n, "row");
    }

    private Callable<Void> traverse() {
        return () -> {
            while (!over) {
                Set<Object> met = new HashSet<>();
                int count = 0;
                Object last = -1L;
                for (Tuple row : table) {
                    if (STAYS.equals(row.get(1))) {
                        count++;
                        met.add(row.get(0));
                        assertTrue(type != TableType.ORDERED_SET || row.getLong(0) > (long) last, "out of order");
                        last = row.getLong(0);
                    }
                }
                assertEquals(STAYING, count);
                assertEquals(STAYING, met.size());
                readings.incrementAndGet();
            }
            return null;
        };
    }

    /** Steps and lookups of rows that stay. */
    private Callable<Void> look() {
        return () -> {
            while (!over) {
                long met = 0;
                for (Object key = table.first(); key != null; key = table.next(key)) {
                    if (key instanceof Long stays) {
                        met++;
                        assertEquals(List.of(Tuple.of(stays, STAYS)), table.lookup(stays));
                    }
                }
                assertEquals(STAYING, met);
                readings.incrementAndGet();
            }
            return null;
        };
    }

    private Callable<Void> count() {
        return () -> {
            long count = 0;
            while (!over) {
                count++;
                assertEquals(count, table.updateCounter("counter", 1, 1), "an acknowledged increment is lost");
            }
            return null;
        };
    }

    /** Waits until threads have read and written again. */
    void awaitProgress() throws Exception {
        long writesWanted = writes.get() + WRITES_AWAITED;
        long readingsWanted = readings.get() + 2;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (writes.get() < writesWanted || readings.get() < readingsWanted) {
            for (Future<?> thread : running) {
                if (thread.isDone()) {
                    thread.get();
                }
            }
            assertTrue(System.nanoTime() < deadline, "reading and writing do not go on");
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Ends the threads, which compare what they have been told with what is there. */
    void finish() throws InterruptedException, ExecutionException, TimeoutException {
        over = true;
        for (Future<?> thread : running) {
            thread.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
        table.drop();
    }
}
