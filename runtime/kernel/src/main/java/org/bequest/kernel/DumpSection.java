// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a dump that is verified by itself, see {@link DumpFile}.
 *
 * @param offset of its first byte in the file
 * @param payload what it is about, without kind, length and checksum
 */
record DumpSection(Kind kind, long offset, byte[] payload) {
    /** Kind (1 byte), length of the payload (4), checksum (4). */
    static final int FRAME = 1 + Integer.BYTES + Integer.BYTES;

    /** As long as an array may be, with a little to spare. */
    static final int LONGEST = Integer.MAX_VALUE - 64;

    enum Kind {
        HEADER('H'),
        ROWS('R'),
        END('E');

        final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }

        static @Nullable Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** Where in the file the payload is. */
    long payloadOffset() {
        return offset + FRAME;
    }

    static ByteBuffer frame(Kind kind, byte[] payload, int length) {
        return ByteBuffer.allocate(FRAME)
                .put(kind.code)
                .putInt(length)
                .putInt(checksum(kind, payload, length))
                .flip();
    }

    /** Also of kind and length, so that no damage to these makes another section of it. */
    static int checksum(Kind kind, byte[] payload, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(kind.code);
        checksum.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        checksum.update(payload, 0, length);
        return (int) checksum.getValue();
    }
}
