// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TermCodingTest {
    private static final int PLENTY = 1 << 24;

    @Provide
    Arbitrary<Object> terms() {
        return AnyTerm.terms();
    }

    @Property
    void anyTermIsReadAsItWasWritten(@ForAll("terms") Object term) throws Exception {
        Object read = new TermReader(encoded(term)).read();

        assertThat(Terms.equal(read, term)).isTrue();
        assertThat(Terms.isTerm(read)).isTrue();
        // equal terms may be told apart: a float by its bits, a moment by its zone
        assertThat(encoded(read)).isEqualTo(encoded(term));
    }

    @Property(tries = 100)
    void termsInARowEndWhereTheNextBegins(@ForAll @Size(max = 3) List<@net.jqwik.api.From("terms") Object> terms)
            throws Exception {
        TermWriter writer = new TermWriter(PLENTY);
        terms.forEach(writer::write);
        TermReader reader = new TermReader(bytes(writer));

        List<@Nullable Object> read = new ArrayList<>();
        while (reader.hasMore()) {
            read.add(reader.read());
        }

        assertThat(read).isEqualTo(terms);
    }

    @Property
    void whateverTheBytesAreTheyAreATermOrRefused(@ForAll @Size(max = 60) byte[] bytes) {
        assertReadsTermOrRefuses(bytes);
    }

    @Property
    void damagedTermsAreTermsOrRefused(
            @ForAll("terms") Object term, @ForAll @IntRange(max = 1 << 16) int where, @ForAll byte damage) {
        byte[] bytes = encoded(term);
        bytes[where % bytes.length] = damage;

        assertReadsTermOrRefuses(bytes);
    }

    @Property(tries = 200)
    void noTermIsTheBeginningOfAnother(@ForAll("terms") Object term) {
        byte[] bytes = encoded(term);

        for (int length = 0; length < bytes.length; length++) {
            byte[] beginning = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> new TermReader(beginning).read()).isInstanceOf(MalformedTermException.class);
        }
    }

    private static void assertReadsTermOrRefuses(byte[] bytes) {
        TermReader reader = new TermReader(bytes);
        try {
            assertThat(Terms.isTerm(reader.read())).isTrue();
        } catch (MalformedTermException refused) {
            assertThat(refused.position()).isBetween(0, bytes.length);
            assertThat(refused).hasMessageMatching("(?s).{10,200}");
        }
    }

    /** These are in files: whoever has to change this test needs another version of the format. */
    @Test
    void bytesOfEachKindStayTheSame() {
        Map<TermCode, String> expected = new TreeMap<>(Map.ofEntries(
                Map.entry(TermCode.FALSE, "01"),
                Map.entry(TermCode.TRUE, "02"),
                Map.entry(TermCode.INTEGER, "03 d704"),
                Map.entry(TermCode.BIG_INTEGER, "04 09 008000000000000000"),
                Map.entry(TermCode.FLOAT, "05 3ff8000000000000"),
                Map.entry(TermCode.STRING, "06 07 61 c3a4 f09f9880"),
                Map.entry(TermCode.BROKEN_STRING, "07 04 0061 d83d"),
                Map.entry(TermCode.BINARY, "08 02 01ff"),
                Map.entry(TermCode.UUID, "09 0000000000000001 fffffffffffffffe"),
                Map.entry(TermCode.PID, "0a ffffffffffffffff 0e"),
                Map.entry(TermCode.TUPLE, "0b 02 0302 00"),
                Map.entry(TermCode.LIST, "0c 02 0302 02"),
                Map.entry(TermCode.MAP, "0d 01 06016b 0302"),
                Map.entry(TermCode.INSTANT, "0e 02 f403"),
                Map.entry(TermCode.LOCAL_DATE, "0f 01"),
                Map.entry(TermCode.LOCAL_TIME, "10 8001"),
                Map.entry(TermCode.LOCAL_DATE_TIME, "11 c2c002 80809ec5a4e909"),
                Map.entry(TermCode.OFFSET_TIME, "12 00 a038"),
                Map.entry(TermCode.OFFSET_DATE_TIME, "13 c2c002 80809ec5a4e909 00"),
                Map.entry(TermCode.ZONED_DATE_TIME, "14 c2c002 80809ec5a4e909 a038 1d 0d 4575726f70652f4265726c696e"),
                Map.entry(TermCode.DURATION, "15 01 ff93ebdc03"),
                Map.entry(TermCode.PERIOD, "16 02 01 8001"),
                Map.entry(TermCode.YEAR, "17 d41f"),
                Map.entry(TermCode.YEAR_MONTH, "18 d41f 06"),
                Map.entry(TermCode.MONTH_DAY, "19 04 3a"),
                Map.entry(TermCode.DAY_OF_WEEK, "1a 0e"),
                Map.entry(TermCode.MONTH, "1b 06"),
                Map.entry(TermCode.ZONE_OFFSET, "1c 9f38"),
                Map.entry(TermCode.ZONE_REGION, "1d 03 555443")));

        Map<TermCode, String> actual = AnyTerm.oneOfEachKind().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> HexFormat.of().formatHex(encoded(Terms.copyOf(entry.getValue()))),
                        (a, b) -> a,
                        TreeMap::new));

        expected.replaceAll((code, hex) -> hex.replace(" ", ""));
        assertThat(actual).isEqualTo(expected);
        assertThat(actual).hasSize(TermCode.values().length - 1); // all but NULL, which maps do not like
        assertThat(encoded(null)).containsExactly(0);
    }

    @Test
    void termAsDeepAsTermsMayBeIsRead_andNoDeeperOne() throws Exception {
        Object deepest = 1L;
        for (int i = 0; i < Terms.MAX_DEPTH; i++) {
            deepest = Tuple.of(deepest);
        }
        byte[] bytes = encoded(deepest);
        assertThat(new TermReader(bytes).read()).isEqualTo(deepest);

        byte[] deeper = concat(new byte[] {(byte) TermCode.TUPLE.ordinal(), 1}, bytes);
        assertRefused(deeper, 2 * Terms.MAX_DEPTH + 1, "deeper than 128");
    }

    @Test
    void nestingWithoutEndDoesNotOverflowTheStack() {
        byte[] lists = new byte[1 << 20];
        Arrays.fill(lists, (byte) TermCode.LIST.ordinal()); // each of twelve elements
        assertRefused(lists, 2 * Terms.MAX_DEPTH + 1, "deeper than 128");

        // a zone is the one thing that is nested in what is no tuple, list or map
        byte[] zoned = encoded(ZonedDateTime.of(2026, 3, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")));
        int beforeZone = zoned.length - encoded(ZoneId.of("Europe/Berlin")).length;
        byte[] one = Arrays.copyOf(zoned, beforeZone);
        assertRefused(concat(one, zoned), beforeZone, "no zone");
    }

    @Test
    void sizesThatAreStatedButNotThereTakeNoMemory() {
        // 128 lists in each other, each of which says it is as long as all that follows
        byte[] level = {(byte) TermCode.LIST.ordinal(), (byte) 0x80, (byte) 0x80, 0x3f}; // 1,032,192 elements
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < Terms.MAX_DEPTH; i++) {
            System.arraycopy(level, 0, bytes, i * level.length, level.length);
        }
        bytes[Terms.MAX_DEPTH * level.length] = (byte) 0xff;

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertRefused(bytes, Terms.MAX_DEPTH * level.length, "no term begins with 255");
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(4 * bytes.length);
    }

    @Test
    void refusalsSayWhereAndWhy() {
        assertRefused(hex("0b 02 03 02 ff"), 4, "no term begins with 255");
        assertRefused(hex("06 03 61"), 1, "a size of 3, with 1 bytes to follow");
        assertRefused(hex("06 ff ff ff ff ff ff ff ff ff 01"), 1, "a size of 18446744073709551615");
        assertRefused(hex("03 ff ff ff ff ff ff ff ff ff 02"), 1, "more than 64 bits");
        assertRefused(hex("03 80"), 2, "goes on where the bytes end");
        assertRefused(hex("05 00"), 2, "goes on where the bytes end");
        assertRefused(hex("06 01 ff"), 1, "not in UTF-8");
        assertRefused(hex("06 03 ed a0 80"), 1, "not in UTF-8");
        assertRefused(hex("07 01 00"), 1, "UTF-16 of 1 bytes");
        assertRefused(hex("04 00"), 1, "big integer of 0 bytes");
        assertRefused(hex("04 08 7f ff ff ff ff ff ff ff"), 1, "not big");
        assertRefused(hex("0d 01 00 00"), 0, "null, which is never a key");
        assertRefused(hex("0d 02 03 02 00 03 02 00"), 0, "two keys");
        assertRefused(hex("0e 00 80 94 eb dc 03"), 2, "1000000000 nanoseconds");
        assertRefused(hex("19 04 3c"), 0, "no MONTH_DAY is made of this");
        assertRefused(hex("1c ff ff ff 0f"), 0, "no ZONE_OFFSET is made of this");
        assertRefused(hex("1b fe ff ff ff ff 01"), 0, "no MONTH is made of this");
        assertRefused(hex("1d 09 45 75 72 6f 70 65 2f 58 59"), 0, "Europe/XY");
    }

    @Test
    void hugeTextInARefusalIsCutOff() {
        byte[] id = new byte[100_000];
        Arrays.fill(id, (byte) 'A');
        assertRefused(concat(hex("1d a0 8d 06"), id), 0, "AAAA");
    }

    @Test
    void floatsKeepTheirBits() throws Exception {
        double nan = Double.longBitsToDouble(0x7ff8_0000_dead_beefL);
        Double read = (Double) new TermReader(encoded(nan)).read();

        assertThat(Double.doubleToRawLongBits(read)).isEqualTo(0x7ff8_0000_dead_beefL);
    }

    @Test
    void zoneOfManyTermsIsInMemoryOnce() throws Exception {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Tuple read = (Tuple) new TermReader(encoded(Tuple.of(zone, zone))).read();

        assertThat(read.get(0)).isSameAs(read.get(1));
    }

    @Test
    void whatIsNoTermIsNotWritten() {
        TermWriter writer = new TermWriter(PLENTY);

        assertThatThrownBy(() -> writer.write(new StringBuilder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.StringBuilder");
        assertThatThrownBy(() -> writer.write(BigInteger.ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.write(new ArrayList<>())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void termForWhichThereIsNoRoomIsNotWrittenAtAll() {
        TermWriter writer = new TermWriter(1000);
        writer.write("first");
        int size = writer.size();

        assertThatThrownBy(() -> writer.write(Tuple.of("a".repeat(600), "b".repeat(600))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000");
        assertThat(writer.size()).isEqualTo(size);
    }

    private static void assertRefused(byte[] bytes, int position, String problem) {
        MalformedTermException refused =
                catchThrowableOfType(MalformedTermException.class, () -> new TermReader(bytes).read());

        assertThat(refused).hasMessageContaining(problem);
        assertThat(refused.getMessage()).hasSizeLessThanOrEqualTo(200);
        assertThat(refused.position()).isEqualTo(position);
    }

    private static byte[] encoded(@Nullable Object term) {
        TermWriter writer = new TermWriter(PLENTY);
        writer.write(term);
        return bytes(writer);
    }

    private static byte[] bytes(TermWriter writer) {
        return Arrays.copyOf(writer.bytes(), writer.size());
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
