// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;
import org.bequest.term.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeapEngineTest {

    @ParameterizedTest
    @EnumSource
    void storeNeedsNoMoreClasses_whenItsBundleHasGone(TableType type) throws Exception {
        BundleLoader bundle = new BundleLoader();
        Engine engine = (Engine) bundle.loadClass(HeapEngine.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        bundle.gone = true;

        Store store = engine.newStore(type, 0);
        store.putAll(List.of(Tuple.of(1), Tuple.of(2), Tuple.of(3)));
        store.put(Tuple.of(4));
        store.insertNew(Tuple.of(5));
        store.remove(1L);
        assertThat(store.replace(Tuple.of(2), Tuple.of(2))).isTrue();
        assertThat(store.size()).isEqualTo(4);
        assertThat(store.toList()).hasSize(4);
        assertThat(Rows.walk(store)).hasSize(4);
        assertThat(Rows.walkBack(store)).hasSize(4);
        assertThat(store.removeRow(Tuple.of(5))).isOne();
        if (type == TableType.ORDERED_SET) {
            assertThat(Rows.list(store.range(2L, 3L, true))).containsExactly(Tuple.of(3), Tuple.of(2));
        }
        LongStream.range(0, 100).forEach(value -> store.put(Tuple.of(2, value)));
        Iterator<Tuple> traversal = store.iterator();
        boolean gone = traversal.next().equals(Tuple.of(2, 99)); // a set has no order to rely on
        assertThat(store.removeRow(Tuple.of(2, 99))).isOne();
        assertThat(Rows.list(traversal)).hasSize(!type.isSet() ? 101 : gone ? 2 : 1);
        assertThat(store.lookup(2L)).hasSize(type.isSet() ? 0 : 100);
        store.clear();
        assertThat(store.size()).isZero();
    }

    /** Has classes of its own for the package of the engine, until it is gone. */
    private static final class BundleLoader extends ClassLoader {

        private boolean gone;

        BundleLoader() {
            super(HeapEngine.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(HeapEngine.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            if (gone) {
                throw new ClassNotFoundException(name + ": the bundle has gone");
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
