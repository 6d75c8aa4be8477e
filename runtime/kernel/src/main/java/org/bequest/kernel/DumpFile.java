// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bequest.kernel.DumpSection.Kind;
import org.bequest.table.DumpException;
import org.bequest.table.DumpInfo;
import org.bequest.table.TableInfo;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A table in a file: written at once, and read only if it is exactly what was written. */
final class DumpFile {
    /* The format, in which all numbers have their highest byte first:
     *
     *   file      preamble, HEADER section, any number of ROWS sections, END section, nothing else
     *   preamble  0x89 "BEQUEST", then the version of the format (4 bytes)
     *   section   kind 'H', 'R' or 'E' (1 byte), length of the payload (4), CRC32C of kind, length and payload (4), payload
     *   payload   HEADER: one term, see DumpHeader; ROWS: whole rows, as terms, up to the end of the section
     *             END: number of rows (8), length of the file (8), CRC32C of every byte before the END section (4)
     *
     * Terms are encoded as TermWriter says. Each section is verified before anything is made of it, so damage is named by
     * the section that it is in. But a checksum can be made to fit: what passes it may still be anything, and is read
     * accordingly.
     *
     * A section is done when it has reached SECTION_BYTES. Only a greater row makes a greater section, so neither side has
     * more than one row, or that many bytes, in memory beside the rows themselves.
     */

    static final byte[] MAGIC = {(byte) 0x89, 'B', 'E', 'Q', 'U', 'E', 'S', 'T'};
    static final int VERSION = 1;

    private static final int SECTION_BYTES = 1 << 16;

    /** Of a row: its code, the number of its elements, a key. */
    private static final int FEWEST_ROW_BYTES = 3;

    record Contents(DumpInfo info, List<Tuple> rows) {}

    private DumpFile() {}

    static byte[] preamble() {
        return ByteBuffer.allocate(MAGIC.length + Integer.BYTES)
                .put(MAGIC)
                .putInt(VERSION)
                .array();
    }

    /** @param rows goes through them once, in their order; nothing may change them meanwhile */
    static void write(Path file, TableInfo table, List<Tuple> rows) throws IOException {
        write(file, table, rows, SECTION_BYTES);
    }

    /** @param sectionBytes after how many a section is done */
    static void write(Path file, TableInfo table, List<Tuple> rows, int sectionBytes) throws IOException {
        DumpInfo info = new DumpInfo(
                table.name(),
                table.type(),
                table.access(),
                table.keyPosition(),
                table.engine(),
                rows.size(),
                table.shape(), // of the table there may be more by now
                Instant.now());
        try (Draft draft = new Draft(file)) {
            DumpOutput out = new DumpOutput(draft.channel());
            out.preamble();
            TermWriter terms = new TermWriter(DumpSection.LONGEST);
            terms.write(Terms.copyOf(DumpHeader.toTerm(info)));
            finish(out, Kind.HEADER, terms);
            long written = 0;
            for (Tuple row : rows) {
                add(row, terms, written, table, file);
                written++;
                if (terms.size() >= sectionBytes) {
                    finish(out, Kind.ROWS, terms);
                }
            }
            if (terms.size() > 0) {
                finish(out, Kind.ROWS, terms);
            }
            out.end(written);
            draft.publish();
        }
    }

    private static void add(Tuple row, TermWriter terms, long number, TableInfo table, Path file) throws IOException {
        try {
            terms.write(row);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "Row " + number + " (from 0) of table '" + table.name() + "' cannot be dumped to " + file + ". "
                            + e.getMessage(),
                    e);
        }
    }

    private static void finish(DumpOutput out, Kind kind, TermWriter terms) throws IOException {
        out.section(kind, terms.bytes(), terms.size());
        terms.clear();
    }

    /** @throws DumpException if the file is anything but a sound dump */
    static Contents read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            DumpInput in = new DumpInput(file, channel);
            DumpInfo info = begin(in);
            List<Tuple> rows = new ArrayList<>((int) info.rows());
            DumpSection section = in.section(Kind.ROWS, Kind.END);
            while (section.kind() == Kind.ROWS) {
                addRows(in, section, info, rows);
                section = in.section(Kind.ROWS, Kind.END);
            }
            DumpEnd end = end(in, section, info);
            in.verify(section, end);
            if (rows.size() != end.rows()) {
                throw in.refused(
                        section.offset(), end.rows() + " rows were written, and " + rows.size() + " are there");
            }
            return new Contents(info, rows);
        }
    }

    /** Reads how the file begins and ends. Damage to the rows is not seen. */
    static DumpInfo inspect(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            DumpInput in = new DumpInput(file, channel);
            DumpInfo info = begin(in);
            in.skipToEnd();
            end(in, in.section(Kind.END), info);
            return info;
        }
    }

    private static DumpInfo begin(DumpInput in) throws IOException {
        in.preamble();
        DumpSection section = in.section(Kind.HEADER);
        TermReader terms = new TermReader(section.payload());
        DumpInfo info;
        try {
            info = DumpHeader.of(term(in, section, terms));
        } catch (IllegalArgumentException e) {
            throw in.refused(section.payloadOffset(), "the header describes no table: " + e.getMessage());
        }
        if (terms.hasMore()) {
            throw in.refused(section.payloadOffset() + terms.position(), "the header goes on where it has to end");
        }
        if (info.rows() > in.size() / FEWEST_ROW_BYTES) {
            throw in.refused(
                    section.payloadOffset(),
                    "the header says that there are " + info.rows() + " rows, for which the file is too short");
        }
        return info;
    }

    private static DumpEnd end(DumpInput in, DumpSection section, DumpInfo info) throws IOException {
        DumpEnd end = in.end(section);
        if (end.rows() != info.rows()) {
            throw in.refused(
                    section.offset(),
                    "the dump ends with " + end.rows() + " rows, and began with " + info.rows() + " in its header");
        }
        return end;
    }

    private static void addRows(DumpInput in, DumpSection section, DumpInfo info, List<Tuple> rows) throws IOException {
        TermReader terms = new TermReader(section.payload());
        while (terms.hasMore()) {
            long start = section.payloadOffset() + terms.position();
            Object term = term(in, section, terms);
            if (!(term instanceof Tuple row)
                    || info.keyPosition() >= row.size()
                    || row.get(info.keyPosition()) == null) {
                throw in.refused(
                        start,
                        "row " + rows.size() + " (from 0) is no tuple with a key at position " + info.keyPosition());
            }
            if (rows.size() == info.rows()) {
                throw in.refused(start, "there are more than the " + info.rows() + " rows that the header says");
            }
            rows.add(row);
        }
    }

    private static @Nullable Object term(DumpInput in, DumpSection section, TermReader terms) throws DumpException {
        try {
            return terms.read();
        } catch (MalformedTermException e) {
            throw in.refused(section.payloadOffset() + e.position(), e.getMessage());
        }
    }
}
