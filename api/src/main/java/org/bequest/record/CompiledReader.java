// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import static java.lang.invoke.MethodType.methodType;

import java.io.InputStream;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import org.bequest.term.Tuple;

/** Reads by a method handle that is a constant of its class: to the JIT compiler, code that was written for that record. */
final class CompiledReader extends RecordReader {
    /* How it works. A method handle is compiled into whoever calls it only if it is a constant there. So each one gets a
     * class of its own, which is this one once more: a hidden class, made of the same bytes, with the handle for its data. It
     * is reachable from its one instance only, so it goes with the view, and the record's class loader may go, too. In this
     * class itself, whose bytes they are, there is no handle, and no instance.
     * Why: docs/decisions/0018-records-have-a-reader-each.md
     */
    private static final MethodHandle HANDLE = handle();

    private static MethodHandle handle() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** @param handle of type (Tuple)Object */
    static RecordReader of(MethodHandle handle) throws Throwable {
        try (InputStream bytes = CompiledReader.class.getResourceAsStream("CompiledReader.class")) {
            Lookup copy = MethodHandles.lookup().defineHiddenClassWithClassData(bytes.readAllBytes(), handle, true);
            return (RecordReader) copy.findConstructor(copy.lookupClass(), methodType(void.class))
                    .invoke();
        }
    }

    @Override
    Object read(Tuple row) throws Throwable {
        return HANDLE.invokeExact(row);
    }
}
