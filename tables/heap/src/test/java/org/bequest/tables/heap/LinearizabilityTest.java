// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import java.util.HashSet;
import java.util.concurrent.locks.StampedLock;
import org.bequest.tables.spi.Store;
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

    @ParameterizedTest
    @ValueSource(classes = {HashRows.class, OrderedRows.class, HashBatches.class, OrderedBatches.class})
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
    @ValueSource(classes = {HashBatches.class, OrderedBatches.class})
    void modelChecking(Class<?> operations) {
        LinChecker.check(
                operations,
                new ModelCheckingOptions()
                        .iterations(5)
                        .invocationsPerIteration(50)
                        .threads(2)
                        .actorsPerThread(2)
                        .actorsBefore(1)
                        .actorsAfter(0));
    }

    /** The operations on one row, and a batch of all of them. */
    @Param(name = "key", gen = IntGen.class, conf = "1:3")
    @Param(name = "value", gen = IntGen.class, conf = "1:2")
    abstract static class RowOperations {

        final Store store;
        private final StampedLock order = new StampedLock();

        RowOperations(Store store) {
            this.store = store;
        }

        @Operation
        public Object get(@Param(name = "key") int key) {
            return store.get((long) key);
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
        public void putAll(@Param(name = "value") int value) {
            long stamp = order.writeLock();
            store.putAll(Rows.generation(value, 1, 4));
            order.unlockWrite(stamp);
        }
    }

    public static class HashRows extends RowOperations {
        public HashRows() {
            super(new HashStore(0));
        }
    }

    public static class OrderedRows extends RowOperations {
        public OrderedRows() {
            super(new OrderedStore(0));
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

        BatchOperations(Store store) {
            this.store = store;
        }

        @Operation(nonParallelGroup = "writes")
        public void putAll(@Param(name = "key") int from, @Param(name = "key") int value) {
            store.putAll(Rows.generation(value, from, from + 3));
        }

        @Operation(nonParallelGroup = "writes")
        public void clear() {
            store.clear();
        }

        @Operation
        public Object get(@Param(name = "key") int key) {
            return store.get((long) key);
        }

        @Operation
        public long size() {
            return store.size();
        }

        @Operation
        public Object rows() {
            return new HashSet<>(store.toList());
        }
    }

    public static class HashBatches extends BatchOperations {
        public HashBatches() {
            super(new HashStore(0));
        }
    }

    public static class OrderedBatches extends BatchOperations {
        public OrderedBatches() {
            super(new OrderedStore(0));
        }

        @Operation
        public Object last() {
            return store.last();
        }
    }
}
