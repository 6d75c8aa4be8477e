// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Immutable bytes, as an Erlang {@code binary()} that holds no text: text is a {@code String}. Safe for use by any
 * number of threads.
 */
public final class Binary {

    private static final int SHOWN_BYTES = 16;

    private final byte[] bytes;

    private Binary(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns a binary of these bytes. Later changes of the array do not show. */
    public static Binary copyOf(byte[] bytes) {
        return new Binary(bytes.clone());
    }

    /** Returns the number of bytes, as Erlang's {@code byte_size/1}. */
    public int size() {
        return bytes.length;
    }

    /**
     * Returns a byte, as Erlang's {@code binary:at/2}, which counts from zero, too.
     *
     * @param index from zero to {@code size() - 1}
     * @throws IndexOutOfBoundsException if there is no such byte
     */
    public byte byteAt(int index) {
        if (index < 0 || index >= bytes.length) {
            throw new IndexOutOfBoundsException("A binary of " + bytes.length + " bytes has no byte " + index);
        }
        return bytes[index];
    }

    /** Returns the bytes in a new array. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** By unsigned bytes, a prefix before the longer one. */
    static int compare(Binary a, Binary b) {
        return Arrays.compareUnsigned(a.bytes, b.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the bytes in hexadecimal, the first of them and the size if there are many. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return bytes.length <= SHOWN_BYTES
                ? "<<" + hex.formatHex(bytes) + ">>"
                : "<<" + hex.formatHex(bytes, 0, SHOWN_BYTES) + "… " + bytes.length + " bytes>>";
    }
}
