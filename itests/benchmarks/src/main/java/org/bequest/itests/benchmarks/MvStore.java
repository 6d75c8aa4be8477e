// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.DataType;

/** Maps of H2's MVStore, in memory only. */
final class MvStore {
    private MvStore() {}

    @SuppressWarnings("unchecked") // only keys of that type are put in
    static ConcurrentMap<Object, Object> map(DataType<?> keys) {
        MVStore store = new MVStore.Builder().autoCommitDisabled().open();
        store.setVersionsToKeep(0);
        return store.openMap(
                "rows",
                new MVMap.Builder<Object, Object>()
                        .keyType((DataType<Object>) keys)
                        .valueType(new Kept()));
    }

    /** Rows, which stay what they are: nothing is written. */
    private static final class Kept extends BasicDataType<Object> {
        private static final int ROW_BYTES = 32;

        @Override
        public int getMemory(Object row) {
            return ROW_BYTES;
        }

        @Override
        public void write(WriteBuffer buffer, Object row) {
            throw new UnsupportedOperationException("This store has no file");
        }

        @Override
        public Object read(ByteBuffer buffer) {
            throw new UnsupportedOperationException("This store has no file");
        }

        @Override
        public Object[] createStorage(int size) {
            return new Object[size];
        }
    }
}
