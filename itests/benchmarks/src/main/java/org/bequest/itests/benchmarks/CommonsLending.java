// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Pools of objects that do nothing, as they come: last in, first out, and not fair to those who wait. */
final class CommonsLending implements Lending {
    private final GenericObjectPool<Object> pool = new GenericObjectPool<>(new BasePooledObjectFactory<>() {
        @Override
        public Object create() {
            return new Object();
        }

        @Override
        public PooledObject<Object> wrap(Object object) {
            return new DefaultPooledObject<>(object);
        }
    });

    CommonsLending() throws Exception {
        pool.setMaxTotal(WORKERS);
        pool.addObjects(WORKERS);
    }

    @Override
    public void borrowAndReturn() throws Exception {
        pool.returnObject(pool.borrowObject());
    }

    @Override
    public void close() {
        pool.close();
    }
}
