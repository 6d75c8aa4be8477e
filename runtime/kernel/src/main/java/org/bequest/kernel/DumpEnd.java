// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.nio.ByteBuffer;

/**
 * What the last section of a dump says of all those before it.
 *
 * @param rows how many there are
 * @param length of the file in bytes, this section included
 * @param checksum CRC32C of every byte before this section; finds sections that are sound, but not in place
 */
record DumpEnd(long rows, long length, int checksum) {
    static final int PAYLOAD = Long.BYTES + Long.BYTES + Integer.BYTES;

    /** How long the section is: always the same, so that it can be found from the end of the file. */
    static final int BYTES = DumpSection.FRAME + PAYLOAD;

    static DumpEnd of(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        return new DumpEnd(bytes.getLong(), bytes.getLong(), bytes.getInt());
    }

    byte[] payload() {
        return ByteBuffer.allocate(PAYLOAD)
                .putLong(rows)
                .putLong(length)
                .putInt(checksum)
                .array();
    }
}
