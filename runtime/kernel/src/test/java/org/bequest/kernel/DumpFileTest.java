// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bequest.kernel.DumpSection.Kind;
import org.bequest.table.Access;
import org.bequest.table.DumpException;
import org.bequest.table.DumpInfo;
import org.bequest.table.Owner;
import org.bequest.table.TableInfo;
import org.bequest.table.TableType;
import org.bequest.term.Binary;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DumpFileTest {
    private static final Owner SHOP = new Owner.Bundle("shop", 7);
    private static final TableInfo ORDERS = new TableInfo(
            "orders", TableType.ORDERED_SET, Access.PUBLIC, 0, SHOP, null, true, 3, "heap", null, List.of());

    /** Small, so that few rows have several sections. */
    private static final int SECTION = 60;

    @TempDir
    Path folder;

    @Provide
    Arbitrary<List<Tuple>> rows() {
        return AnyTerm.rows().list().ofMaxSize(20);
    }

    @Property(tries = 100)
    void anyRowsAreReadAsTheyWereWritten(@ForAll("rows") List<Tuple> rows) throws IOException {
        Path file = Files.createTempFile("rows", ".dump"); // properties of jqwik have no @TempDir
        try {
            DumpFile.write(file, ORDERS, rows, SECTION);

            assertThat(DumpFile.read(file).rows()).isEqualTo(rows);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void dumpSaysWhatTheTableWas() throws IOException {
        TableInfo table = new TableInfo(
                "words ✓",
                TableType.DUPLICATE_BAG,
                Access.PRIVATE,
                1,
                SHOP,
                null,
                false,
                99,
                "durable",
                null,
                List.of());
        Path file = folder.resolve("words.dump");
        Instant before = Instant.now();

        DumpFile.write(file, table, List.of(Tuple.of(1, "a"), Tuple.of(1, "a")));

        DumpInfo info = DumpFile.inspect(file);
        assertThat(info)
                .isEqualTo(new DumpInfo(
                        "words ✓", TableType.DUPLICATE_BAG, Access.PRIVATE, 1, "durable", 2, info.written()));
        assertThat(info.written()).isBetween(before, Instant.now());
        assertThat(DumpFile.read(file).info()).isEqualTo(info);
    }

    @Test
    void tableWithoutRowsIsDumped() throws IOException {
        Path file = dump(List.of());

        assertThat(DumpFile.read(file).rows()).isEmpty();
        assertThat(DumpFile.inspect(file).rows()).isZero();
    }

    @Test
    void rowGreaterThanASectionIsDumped() throws IOException {
        byte[] many = new byte[3_000_000];
        Arrays.fill(many, (byte) 7);
        List<Tuple> rows = List.of(Tuple.of(1, Binary.copyOf(many)), Tuple.of(2, "x".repeat(200_000)), Tuple.of(3));
        Path file = folder.resolve("great.dump");

        DumpFile.write(file, ORDERS, rows);

        assertThat(DumpFile.read(file).rows()).isEqualTo(rows);
    }

    @Test
    void everyDamagedByteIsFoundInItsPlace() throws IOException {
        List<Tuple> rows = List.of(Tuple.of(1), Tuple.of("two"), Tuple.of(3.0));
        Path file = folder.resolve("small.dump");
        DumpFile.write(file, ORDERS, rows, 1); // a section for each row
        byte[] sound = Files.readAllBytes(file);
        List<Integer> starts = sections(sound);
        assertThat(starts).hasSize(1 + rows.size() + 1);
        int end = starts.get(starts.size() - 1);

        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int at = 0; at < sound.length; at++) {
                long place = placeOf(at, starts);
                for (int damage = 1; damage < 256; damage++) {
                    channel.write(ByteBuffer.wrap(new byte[] {(byte) (sound[at] ^ damage)}), at);
                    assertThat(refused(file).offset()).isEqualTo(place);
                }
                if (at < starts.get(1) || at >= end) {
                    assertThat(inspectRefused(file).offset()).isEqualTo(place);
                } else {
                    assertThat(DumpFile.inspect(file).name()).isEqualTo("orders");
                }
                channel.write(ByteBuffer.wrap(sound, at, 1), at);
            }
        }
        assertThat(DumpFile.read(file).rows()).isEqualTo(rows);
    }

    /** The section that the byte is in, or before the first one the magic or the version. */
    private static long placeOf(int at, List<Integer> starts) {
        if (at < starts.get(0)) {
            return at < DumpFile.MAGIC.length ? 0 : DumpFile.MAGIC.length;
        }
        return starts.stream().filter(start -> start <= at).reduce((a, b) -> b).orElseThrow();
    }

    @Test
    void fileThatWasCutOffAnywhereIsRefused() throws IOException {
        Path file = dump(orders(30));
        byte[] sound = Files.readAllBytes(file);

        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThat(refused(file).offset()).isBetween(0L, (long) length);
            assertThat(inspectRefused(file).offset()).isBetween(0L, (long) length);
        }
    }

    @Test
    void whatWasAppendedIsRefused_whereItBegins() throws IOException {
        Path file = dump(orders(30));
        byte[] sound = Files.readAllBytes(file);

        for (byte[] appended : List.of(new byte[1], new byte[1000], sound)) {
            Files.write(file, sound);
            Files.write(file, appended, StandardOpenOption.APPEND);

            assertThat(refused(file).offset()).isEqualTo(sound.length);
            assertThat(refused(file)).hasMessageContaining(appended.length + " bytes follow");
            assertThat(inspectRefused(file).offset()).isBetween(0L, (long) sound.length + appended.length);
        }
    }

    @Test
    void soundSectionsInAnotherOrderAreRefused() throws IOException {
        Path file = dump(List.of(Tuple.of(1, "a".repeat(SECTION)), Tuple.of(2, "b".repeat(SECTION))));
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> starts = sections(bytes);
        int length = starts.get(2) - starts.get(1);
        byte[] first = Arrays.copyOfRange(bytes, starts.get(1), starts.get(2));
        System.arraycopy(bytes, starts.get(2), bytes, starts.get(1), length);
        System.arraycopy(first, 0, bytes, starts.get(2), length);
        Files.write(file, bytes);

        assertThat(refused(file)).hasMessageContaining("as a whole");
        assertThat(refused(file).offset()).isEqualTo((long) starts.get(3));
    }

    @Test
    void sectionThatIsMissingOrThereTwiceIsRefused() throws IOException {
        Path file = dump(orders(6));
        byte[] sound = Files.readAllBytes(file);
        List<Integer> starts = sections(sound);
        byte[] head = Arrays.copyOf(sound, starts.get(1));
        byte[] section = Arrays.copyOfRange(sound, starts.get(1), starts.get(2));
        byte[] tail = Arrays.copyOfRange(sound, starts.get(2), sound.length);

        Files.write(file, concat(head, tail));
        assertThat(refused(file)).hasMessageContaining("taken out or put in");
        assertThat(inspectRefused(file)).hasMessageContaining("taken out or put in");

        Files.write(file, concat(head, section, section, tail));
        refused(file);
        assertThat(inspectRefused(file)).hasMessageContaining("taken out or put in");
    }

    @Test
    void otherFilesAreNoDumps() throws IOException {
        Path file = folder.resolve("other");
        for (byte[] content : List.of(
                new byte[0],
                "x".getBytes(StandardCharsets.UTF_8),
                "PK\u0003\u0004 and so on, for long enough".getBytes(StandardCharsets.UTF_8),
                new byte[100_000])) {
            Files.write(file, content);

            assertThat(refused(file)).hasMessageContaining("not a dump of a table");
            assertThat(refused(file).offset()).isZero();
            assertThat(inspectRefused(file)).hasMessageContaining("not a dump of a table");
        }
    }

    @Test
    void dumpOfALaterVersionIsRefused_withTheWayOut() throws IOException {
        Path file = dump(orders(1));
        byte[] bytes = Files.readAllBytes(file);
        bytes[DumpFile.MAGIC.length + 3] = 2;
        Files.write(file, bytes);

        for (DumpException refused : List.of(refused(file), inspectRefused(file))) {
            assertThat(refused)
                    .hasMessageContaining("version 2")
                    .hasMessageContaining("up to version 1")
                    .hasMessageContaining("load it with the release that wrote it");
            assertThat(refused.offset()).isEqualTo(DumpFile.MAGIC.length);
        }
    }

    @Test
    void noSuchFileIsNoDamage() {
        assertThatThrownBy(() -> DumpFile.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> DumpFile.inspect(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    /** With checksums that fit: what could only be made on purpose, or by a defect of the writer. */
    @Test
    void fileThatIsSoundButSaysWhatCannotBeIsRefused() throws IOException {
        assertForgedRefused(header("rows", 3L), rows(Tuple.of(1)), 1, "ends with 1 rows, and began with 3");
        assertForgedRefused(header("rows", 2L), rows(Tuple.of(1)), 2, "2 rows were written, and 1 are there");
        assertForgedRefused(header("rows", 1L), rows(Tuple.of(1), Tuple.of(2)), 1, "more than the 1 rows");
        assertForgedRefused(header("rows", 1_000_000_000L), rows(Tuple.of(1)), 1, "the file is too short");
        assertForgedRefused(header("rows", -1L), new byte[0], 0, "its rows is -1");
        assertForgedRefused(header("keyPosition", 1L), rows(Tuple.of(1)), 1, "no tuple with a key at position 1");
        assertForgedRefused(header("rows", 1L), rows(Tuple.of((Object) null)), 1, "no tuple with a key");
        assertForgedRefused(header("rows", 1L), encoded("no tuple"), 1, "no tuple with a key");
        assertForgedRefused(header("rows", 1L), new byte[] {99}, 1, "no term begins with 99");
        assertForgedRefused(header("type", "HEAP"), rows(Tuple.of(1)), 1, "its type is HEAP, which is none of");
        assertForgedRefused(header("engine", " "), rows(Tuple.of(1)), 1, "its engine is blank");
        assertForgedRefused(header("written", "today"), rows(Tuple.of(1)), 1, "no Instant");
        assertForgedRefused(encoded("orders"), rows(Tuple.of(1)), 1, "it is not a map");
        assertForgedRefused(concat(header("rows", 1L), encoded(1L)), rows(Tuple.of(1)), 1, "goes on where");
    }

    @Test
    void whatALaterReleaseSaysBesidesIsPassedOver() throws IOException {
        Path file = forged(header("columns", List.of("id", "total")), rows(Tuple.of(1)), 1);

        assertThat(DumpFile.read(file).rows()).containsExactly(Tuple.of(1));
    }

    @Property(tries = 500)
    void whateverIsInASoundSectionIsRowsOrRefused(@ForAll byte[] payload) throws IOException {
        Path file = Files.createTempFile("forged", ".dump");
        try {
            forge(file, header("rows", 1L), payload, 1);
            DumpFile.read(file);
        } catch (DumpException refused) {
            assertThat(refused.offset()).isBetween(0L, Files.size(file));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void fileThatWasThereIsUntouched_whenWritingFails() throws IOException {
        Path file = dump(orders(3));
        byte[] before = Files.readAllBytes(file);
        List<Tuple> broken = new AbstractList<>() {
            @Override
            public Tuple get(int index) {
                if (index == 40_000) {
                    throw new UncheckedIOException(new IOException("the disk is full"));
                }
                return Tuple.of(index);
            }

            @Override
            public int size() {
                return 100_000;
            }
        };

        assertThatThrownBy(() -> DumpFile.write(file, ORDERS, broken)).hasMessageContaining("the disk is full");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(filesInFolder()).containsExactly(file);
    }

    @Test
    void interruptedThreadLeavesNothingBehind() throws IOException {
        Path file = dump(orders(3));
        byte[] before = Files.readAllBytes(file);

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> DumpFile.write(file, ORDERS, orders(5))).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(filesInFolder()).containsExactly(file);
    }

    @Test
    void folderIsNotReplaced() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));

        assertThatThrownBy(() -> DumpFile.write(taken, ORDERS, orders(1))).isInstanceOf(IOException.class);

        assertThat(filesInFolder()).containsExactly(taken);
        assertThatThrownBy(() -> DumpFile.write(folder.resolve("none/file"), ORDERS, orders(1)))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void fileThatWasThereIsReplaced_andMayHaveTheLongestName() throws IOException {
        Path file = folder.resolve("n".repeat(255));
        DumpFile.write(file, ORDERS, orders(100));
        DumpFile.write(file, ORDERS, orders(3));

        assertThat(DumpFile.read(file).rows()).isEqualTo(orders(3));
        assertThat(filesInFolder()).containsExactly(file);
    }

    @Test
    void millionRowsAreWrittenWithoutBeingHeld_andRead() throws Exception {
        int count = 1_000_000;
        List<WeakReference<Tuple>> sample = new ArrayList<>();
        List<Tuple> rows = new AbstractList<>() { // each made when asked for, and held by nobody but the writer
                    @Override
                    public Tuple get(int index) {
                        Tuple row = order(index);
                        if (index % 50_000 == 0) {
                            sample.add(new WeakReference<>(row));
                        }
                        if (index == count - 1) {
                            awaitGarbage(sample);
                        }
                        return row;
                    }

                    @Override
                    public int size() {
                        return count;
                    }
                };
        Path file = folder.resolve("million.dump");

        DumpFile.write(file, ORDERS, rows);

        assertThat(DumpFile.inspect(file).rows()).isEqualTo(count);
        List<Tuple> read = DumpFile.read(file).rows();
        assertThat(read).hasSize(count);
        for (int i = 0; i < count; i++) {
            if (!read.get(i).equals(order(i))) {
                assertThat(read.get(i)).isEqualTo(order(i));
            }
        }
    }

    private static void awaitGarbage(List<WeakReference<Tuple>> references) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (references.stream().anyMatch(reference -> reference.get() != null)) {
            assertThat(Instant.now()).as("rows are still held").isBefore(deadline);
            System.gc();
        }
    }

    private static Tuple order(long number) {
        return Tuple.of(number, "customer " + number % 1000, number / 4.0, new UUID(number, ~number));
    }

    private static List<Tuple> orders(int count) {
        return LongStream.range(0, count).mapToObj(DumpFileTest::order).toList();
    }

    private Path dump(List<Tuple> rows) throws IOException {
        Path file = folder.resolve("orders.dump");
        DumpFile.write(file, ORDERS, rows, SECTION);
        return file;
    }

    private List<Path> filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static DumpException refused(Path file) {
        DumpException refused = catchThrowableOfType(DumpException.class, () -> DumpFile.read(file));
        assertThat(refused.file()).isEqualTo(file.toString());
        assertThat(refused.getMessage()).startsWith(file + ", byte " + refused.offset() + ": ");
        return refused;
    }

    private static DumpException inspectRefused(Path file) {
        return catchThrowableOfType(DumpException.class, () -> DumpFile.inspect(file));
    }

    /** Where each section of a sound file begins. */
    private static List<Integer> sections(byte[] bytes) {
        List<Integer> starts = new ArrayList<>();
        for (int at = DumpFile.preamble().length; at < bytes.length; ) {
            starts.add(at);
            at += DumpSection.FRAME + ByteBuffer.wrap(bytes).getInt(at + 1);
        }
        return starts;
    }

    private void assertForgedRefused(byte[] header, byte[] rows, long count, String problem) throws IOException {
        Path file = forged(header, rows, count);
        assertThat(refused(file)).hasMessageContaining(problem);
        assertThat(refused(file).offset()).isBetween(12L, Files.size(file));
    }

    private Path forged(byte[] header, byte[] rows, long count) throws IOException {
        Path file = folder.resolve("forged.dump");
        forge(file, header, rows, count);
        return file;
    }

    private static void forge(Path file, byte[] header, byte[] rows, long count) throws IOException {
        byte[] before = concat(DumpFile.preamble(), section(Kind.HEADER, header), section(Kind.ROWS, rows));
        CRC32C checksum = new CRC32C();
        checksum.update(before);
        DumpEnd end = new DumpEnd(count, before.length + DumpEnd.BYTES, (int) checksum.getValue());
        Files.write(file, concat(before, section(Kind.END, end.payload())));
    }

    private static byte[] section(Kind kind, byte[] payload) {
        return concat(DumpSection.frame(kind, payload, payload.length).array(), payload);
    }

    private static byte[] header(String key, Object value) {
        Map<Object, Object> header = new HashMap<>(
                DumpHeader.toTerm(new DumpInfo("orders", TableType.SET, Access.PUBLIC, 0, "heap", 1, Instant.EPOCH)));
        header.put(key, value);
        return encoded(header);
    }

    private static byte[] rows(Tuple... rows) {
        return concat(Arrays.stream(rows).map(DumpFileTest::encoded).toArray(byte[][]::new));
    }

    private static byte[] encoded(Object value) {
        TermWriter writer = new TermWriter(1 << 20);
        writer.write(Terms.copyOf(value));
        return Arrays.copyOf(writer.bytes(), writer.size());
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer whole = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(whole::put);
        return whole.array();
    }
}
