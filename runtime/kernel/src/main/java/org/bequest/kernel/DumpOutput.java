// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;
import org.bequest.kernel.DumpSection.Kind;

/** Writes the sections of a dump, one after the other. For one thread. */
final class DumpOutput {
    /** The JDK copies what it writes, and keeps a buffer of that size for the thread: a great row must not be written at once. */
    static final int MOST_AT_ONCE = 1 << 16;

    private final WritableByteChannel channel;
    private final CRC32C checksum = new CRC32C();
    private long offset;

    DumpOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    void preamble() throws IOException {
        write(ByteBuffer.wrap(DumpFile.preamble()));
    }

    void section(Kind kind, byte[] payload, int length) throws IOException {
        write(DumpSection.frame(kind, payload, length));
        for (int written = 0; written < length; written += MOST_AT_ONCE) {
            write(ByteBuffer.wrap(payload, written, Math.min(MOST_AT_ONCE, length - written)));
        }
    }

    void end(long rows) throws IOException {
        DumpEnd end = new DumpEnd(rows, offset + DumpEnd.BYTES, (int) checksum.getValue());
        byte[] payload = end.payload();
        section(Kind.END, payload, payload.length);
    }

    private void write(ByteBuffer bytes) throws IOException {
        offset += bytes.remaining();
        checksum.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
