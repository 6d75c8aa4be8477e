// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bequest.record.RecordTable;
import org.bequest.table.TableSpec;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

/** The class of the records of a version that has gone is garbage, though its table lives. */
final class RecordClassTest {
    /** More than it takes until the reading of a record is compiled. */
    private static final int OFTEN = 20_000;

    record Part(String name) {}

    enum Color {
        RED
    }

    record Leaving(String id, Part part, Optional<Color> color, List<Part> parts) {}

    private static final class Loader extends ClassLoader {
        Loader() {
            super(RecordClassTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(RecordClassTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void nothingHoldsTheClass_onceItsBundleHasGone() throws Exception {
        TableBench bench = new TableBench();

        WeakReference<ClassLoader> loader = use(bench);

        assertThat(bench.holder("app").tables().open("t").size()).isOne();
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> use(TableBench bench) throws Exception {
        Loader loader = new Loader();
        Class<? extends Record> record =
                loader.loadClass(Leaving.class.getName()).asSubclass(Record.class);
        assertThat(record).isNotSameAs(Leaving.class);
        fill(bench, record);
        return new WeakReference<>(loader);
    }

    private static <T extends Record> void fill(TableBench bench, Class<T> record) {
        RecordTable<T> table = bench.holder("app").tables().claim(TableSpec.of("t", record));
        table.tuples().insert(Tuple.of("a", Tuple.of("x"), "RED", List.of(Tuple.of("y"))));
        T row = Objects.requireNonNull(table.get("a"));
        assertThat(row).hasToString("Leaving[id=a, part=Part[name=x], color=Optional[RED], parts=[Part[name=y]]]");
        table.insert(row);
        assertThat(table.replace(row, row)).isTrue();
        for (int i = 0; i < OFTEN; i++) {
            assertNotNull(table.get("a"));
        }
    }
}
