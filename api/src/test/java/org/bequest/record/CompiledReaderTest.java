// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

final class CompiledReaderTest {
    private static Object first(Tuple row) {
        return row.getString(0);
    }

    private static Object second(Tuple row) {
        return row.getString(1);
    }

    private static MethodHandle handle(String name) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findStatic(CompiledReaderTest.class, name, MethodType.methodType(Object.class, Tuple.class));
    }

    @Test
    void eachHasAClassAndAHandleOfItsOwn() throws Throwable {
        RecordReader first = CompiledReader.of(handle("first"));
        RecordReader second = CompiledReader.of(handle("second"));

        Tuple row = Tuple.of("a", "b");
        assertThat(first.read(row)).isEqualTo("a");
        assertThat(second.read(row)).isEqualTo("b");
        assertThat(first.getClass().isHidden()).isTrue();
        assertThat(first.getClass()).isNotSameAs(second.getClass());
    }

    @Test
    void whatTheHandleThrowsIsThrown() throws Throwable {
        RecordReader first = CompiledReader.of(handle("first"));

        assertThatThrownBy(() -> first.read(Tuple.of(1))).isInstanceOf(ClassCastException.class);
    }
}
