// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.bequest.kernel.DumpSection.Kind;
import org.bequest.table.DumpException;

/** Reads the sections of a dump, and returns none that is not as it was written. For one thread. */
final class DumpInput {
    private final Path file;
    private final SeekableByteChannel channel;
    private final long size;
    private final CRC32C checksum = new CRC32C();
    private long offset;

    DumpInput(Path file, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    /** Number of bytes in the file. */
    long size() {
        return size;
    }

    void preamble() throws IOException {
        byte[] expected = DumpFile.preamble();
        byte[] found = read((int) Math.min(expected.length, size));
        int magic = Math.min(found.length, DumpFile.MAGIC.length);
        if (size == 0 || !Arrays.equals(found, 0, magic, DumpFile.MAGIC, 0, magic)) {
            throw refused(0, "this is not a dump of a table, which would begin otherwise");
        }
        if (found.length < expected.length) {
            throw endsEarly("its first " + expected.length + " bytes");
        }
        int version = ByteBuffer.wrap(found, magic, Integer.BYTES).getInt();
        if (version > DumpFile.VERSION) {
            throw refused(
                    magic,
                    "the dump has version " + version + " of the format, and what is running here reads up to version "
                            + DumpFile.VERSION + "; load it with the release that wrote it, or a later one");
        }
        if (version < 1) {
            throw refused(magic, "there is no version " + version + " of the format; the dump is damaged");
        }
        checksum.update(found);
    }

    /** The next section, which has to be of one of these kinds. */
    DumpSection section(Kind... expected) throws IOException {
        long start = offset;
        String wanted = "a section of kind " + String.join(" or ", names(expected));
        ByteBuffer frame = ByteBuffer.wrap(read(DumpSection.FRAME, wanted));
        Kind kind = Kind.of(frame.get());
        int length = frame.getInt();
        int stated = frame.getInt();
        if (kind == null || !Arrays.asList(expected).contains(kind)) {
            throw refused(start, "there has to be " + wanted + ", and is none; the dump is damaged");
        }
        if (length < 0 || length > Math.min(size - offset, DumpSection.LONGEST)) {
            throw refused(
                    start,
                    "the " + kind + " section from here on says it has " + Integer.toUnsignedString(length)
                            + " bytes, but only " + (size - offset) + " follow; the dump is damaged or cut off");
        }
        byte[] payload = read(length, wanted);
        if (stated != DumpSection.checksum(kind, payload, length)) {
            throw refused(
                    start,
                    "the " + kind + " section from here to byte " + offset
                            + " does not have its checksum; the dump is damaged");
        }
        if (kind != Kind.END) {
            checksum.update(frame.array());
            checksum.update(payload);
        }
        return new DumpSection(kind, start, payload);
    }

    /** Goes on where the last section of a sound dump begins. */
    void skipToEnd() throws IOException {
        if (size - DumpEnd.BYTES < offset) {
            throw endsEarly("a section of kind END");
        }
        offset = size - DumpEnd.BYTES;
        channel.position(offset);
    }

    /** What the END section says, which is the last; what it says of the length has been verified. */
    DumpEnd end(DumpSection section) throws DumpException {
        if (section.payload().length != DumpEnd.PAYLOAD) {
            throw refused(section.offset(), "the END section does not have the length that it always has");
        }
        if (offset != size) {
            throw refused(
                    offset, "the dump ends here, but " + (size - offset) + " bytes follow; they are not part of it");
        }
        DumpEnd end = DumpEnd.of(section.payload());
        if (end.length() != size) {
            throw refused(
                    section.offset(),
                    "the dump was written with " + end.length() + " bytes, and has " + size
                            + " now; something was taken out or put in");
        }
        return end;
    }

    /** Verifies that the sections before the END section are all there, and in place; all of them have to be read. */
    void verify(DumpSection section, DumpEnd end) throws DumpException {
        if (end.checksum() != (int) checksum.getValue()) {
            throw refused(
                    section.offset(),
                    "the dump as a whole does not have its checksum, though each section has;"
                            + " they are not in the order in which they were written");
        }
    }

    /** What to throw when there is something wrong at that byte. */
    DumpException refused(long at, String problem) {
        return new DumpException(file, at, problem);
    }

    private static String[] names(Kind... kinds) {
        return Arrays.stream(kinds).map(Kind::name).toArray(String[]::new);
    }

    private byte[] read(int length, String what) throws IOException {
        if (length > size - offset) {
            throw endsEarly(what);
        }
        return read(length);
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int read = 0; read < length; ) {
            // Little by little, for the reason that there is at DumpOutput.
            int most = Math.min(DumpOutput.MOST_AT_ONCE, length - read);
            int more = channel.read(ByteBuffer.wrap(bytes, read, most));
            if (more < 0) {
                throw refused(offset + read, "the file became shorter while it was read");
            }
            read += more;
        }
        offset += length;
        return bytes;
    }

    private DumpException endsEarly(String what) {
        return refused(size, "the file ends here, within or before " + what + "; the dump was cut off");
    }
}
