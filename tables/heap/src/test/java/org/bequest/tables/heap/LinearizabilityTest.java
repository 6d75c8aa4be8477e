// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.List;
import java.util.concurrent.locks.StampedLock;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Store;
import org.bequest.term.Terms;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation happens at one moment, writes being ordered as the kernel orders them. */
class LinearizabilityTest {

    /** Lincheck rewrites classes of the JDK in the middle of a run, which took the 20 s of its own on a busy machine. */
    private static final long HUNG_MS = 200_000;

    @ParameterizedTest
    @ValueSource(
            classes = {
                SetRows.class,
                OrderedSetRows.class,
                BagRows.class,
                DuplicateBagRows.class,
                SetBatches.class,
                OrderedSetBatches.class,
                BagBatches.class,
                DuplicateBagBatches.class
            })
    void stress(Class<?> operations) {
        LinChecker.check(
                operations,
                new StressOptions()
                        .iterations(10)
                        .invocationsPerIteration(1000)
                        .threads(3)
                        .actorsPerThread(3));
    }

    @ParameterizedTest
    @ValueSource(classes = {SetBatches.class, OrderedSetBatches.class, BagBatches.class})
    void modelChecking(Class<?> operations) {
        LinChecker.check(
                operations,
                new ModelCheckingOptions()
                        .iterations(3)
                        .invocationsPerIteration(50)
                        .threads(2)
                        .actorsPerThread(2)
                        .actorsBefore(1)
                        .actorsAfter(0)
                        .invocationTimeout$lincheck(HUNG_MS));
    }

    /** The operations on one row, and a batch of all of them. */
    @Param(name = "key", gen = IntGen.class, conf = "1:3")
    @Param(name = "value", gen = IntGen.class, conf = "1:2")
    abstract static class RowOperations {

        final Store store;
        private final StampedLock order = new StampedLock();

        RowOperations(TableType type) {
            store = new HeapEngine().newStore(type, 0);
        }

        @Operation
        public Object get(@Param(name = "key") int key) {
            return store.get((long) key);
        }

        @Operation
        public Object lookup(@Param(name = "key") int key) {
            return store.lookup((long) key);
        }

        @Operation
        public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
            long stamp = order.readLock();
            store.put(Rows.row(key, value));
            order.unlockRead(stamp);
        }

        @Operation
        public boolean insertNew(@Param(name = "key") int key, @Param(name = "value") int value) {
            long stamp = order.readLock();
            boolean inserted = store.insertNew(Rows.row(key, value));
            order.unlockRead(stamp);
            return inserted;
        }

        @Operation
        public boolean replace(@Param(name = "key") int key, @Param(name = "value") int value) {
            long stamp = order.readLock();
            boolean replaced = store.replace(Rows.row(key, value), Rows.row(key, value + 1));
            order.unlockRead(stamp);
            return replaced;
        }

        @Operation
        public Object remove(@Param(name = "key") int key) {
            long stamp = order.readLock();
            Object removed = store.remove((long) key);
            order.unlockRead(stamp);
            return removed;
        }

        @Operation
        public int removeRow(@Param(name = "key") int key, @Param(name = "value") int value) {
            long stamp = order.readLock();
            int removed = store.removeRow(Rows.row(key, value));
            order.unlockRead(stamp);
            return removed;
        }

        @Operation
        public void putAll(@Param(name = "value") int value) {
            long stamp = order.writeLock();
            store.putAll(Rows.generation(value, 1, 4));
            order.unlockWrite(stamp);
        }
    }

    public static class SetRows extends RowOperations {
        public SetRows() {
            super(TableType.SET);
        }
    }

    /** Few rows, so that they meet. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:2")
    public static class BagRows extends RowOperations {
        public BagRows() {
            super(TableType.BAG);
        }
    }

    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:2")
    public static class DuplicateBagRows extends RowOperations {
        public DuplicateBagRows() {
            super(TableType.DUPLICATE_BAG);
        }
    }

    public static class OrderedSetRows extends RowOperations {
        public OrderedSetRows() {
            super(TableType.ORDERED_SET);
        }

        @Operation
        public Object first() {
            return store.first();
        }

        @Operation
        public Object next(@Param(name = "key") int key) {
            return store.next((long) key);
        }
    }

    /** The operations on many rows. Against batches these are exact; while single rows come and go they need not be. */
    @Param(name = "key", gen = IntGen.class, conf = "1:4")
    abstract static class BatchOperations {

        final Store store;

        BatchOperations(TableType type) {
            store = new HeapEngine().newStore(type, 0);
        }

        @Operation(nonParallelGroup = "writes")
        public void putAll(@Param(name = "key") int from, @Param(name = "key") int value) {
            store.putAll(Rows.generation(value, from, from + 3));
        }

        @Operation(nonParallelGroup = "writes")
        public void putAllUnderOneKey(@Param(name = "key") int key, @Param(name = "key") int value) {
            store.putAll(List.of(Rows.row(key, value), Rows.row(key, value + 1), Rows.row(key, value + 2)));
        }

        @Operation(nonParallelGroup = "writes")
        public void clear() {
            store.clear();
        }

        @Operation
        public Object lookup(@Param(name = "key") int key) {
            return store.lookup((long) key);
        }

        @Operation
        public Object first() {
            return store.first();
        }

        @Operation
        public Object prev(@Param(name = "key") int key) {
            return store.prev((long) key);
        }

        @Operation
        public long size() {
            return store.size();
        }

        @Operation
        public Object rows() {
            return store.toList().stream().sorted(Terms.ORDER).toList();
        }
    }

    public static class SetBatches extends BatchOperations {
        public SetBatches() {
            super(TableType.SET);
        }
    }

    public static class OrderedSetBatches extends BatchOperations {
        public OrderedSetBatches() {
            super(TableType.ORDERED_SET);
        }
    }

    public static class BagBatches extends BatchOperations {
        public BagBatches() {
            super(TableType.BAG);
        }
    }

    public static class DuplicateBagBatches extends BatchOperations {
        public DuplicateBagBatches() {
            super(TableType.DUPLICATE_BAG);
        }
    }
}
