// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.bequest.table.Access;
import org.bequest.table.FencedException;
import org.bequest.table.NotOwnerException;
import org.bequest.table.Table;
import org.bequest.table.TableType;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Guava's suites do not ask of the maps of tables: that rows have their keys inside, and that others write too. */
class TableMapTest {
    private final TableBench bench = new TableBench();

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void aRowIsPutUnderItsOwnKeyOnly(TableType type) {
        Table table = bench.table(type, Tuple.of(1, "a"), Tuple.of(2, "b"));
        ConcurrentMap<Object, Tuple> map = table.asMap();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.put(1, Tuple.of(2, "x")))
                .withMessageContaining("under key 1")
                .withMessageContaining(table.name());
        assertThatIllegalArgumentException().isThrownBy(() -> map.putIfAbsent(3, Tuple.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> map.replace(1, Tuple.of((Object) null)));
        assertThatIllegalArgumentException().isThrownBy(() -> map.replace(1, Tuple.of(1, "a"), Tuple.of(2, "a")));
        assertThatIllegalArgumentException().isThrownBy(() -> map.compute(1, (key, row) -> Tuple.of(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.entrySet().iterator().next().setValue(Tuple.of(3)));
        assertThat(table.toList()).containsExactlyInAnyOrder(Tuple.of(1, "a"), Tuple.of(2, "b"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void whatIsNoTermIsNotThere(TableType type) {
        ConcurrentMap<Object, Tuple> map = bench.table(type, Tuple.of(1, "a")).asMap();
        Object foreign = new Thread();

        assertThat(map.get(foreign)).isNull();
        assertThat(map.containsKey(foreign)).isFalse();
        assertThat(map.remove(foreign)).isNull();
        assertThat(map.remove(foreign, Tuple.of(1, "a"))).isFalse();
        assertThat(map.keySet().contains(foreign)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> map.put(foreign, Tuple.of(1)));
        assertThatNullPointerException().isThrownBy(() -> map.get(null));
    }

    @Test
    void keysOfASetAreToldApartExactly() {
        ConcurrentMap<Object, Tuple> map = bench.table(TableType.SET).asMap();

        map.put(1, Tuple.of(1, "integer"));
        map.put(1.0, Tuple.of(1.0, "float"));

        assertThat(map.keySet()).containsExactlyInAnyOrder(1L, 1.0);
        assertThatIllegalArgumentException().isThrownBy(() -> map.put(1, Tuple.of(1.0, "x")));
    }

    @Test
    void keysOfAnOrderedSetAreToldApartByValue() {
        ConcurrentNavigableMap<Object, Tuple> map =
                bench.table(TableType.ORDERED_SET).asNavigableMap();

        map.put(1, Tuple.of(1, "integer"));

        assertThat(map.get(1.0)).isEqualTo(Tuple.of(1, "integer"));
        assertThat(map.put(1, Tuple.of(1.0, "float"))).isEqualTo(Tuple.of(1, "integer"));
        assertThat(map.firstKey()).isEqualTo(1.0);
        assertThat(map.headMap(1, true)).hasSize(1);
        assertThat(map.tailMap(1, false)).isEmpty();
    }

    @Test
    void whoMayReadOnlyMayReadOnly() {
        Table mine = bench.holder("owner").table(TableType.SET, Access.PROTECTED);
        mine.insert(Tuple.of(1, "a"));
        ConcurrentMap<Object, Tuple> theirs =
                bench.holder("other").tables().open(mine.name()).asMap();

        assertThat(theirs).containsOnly(Map.entry(1L, Tuple.of(1, "a")));
        assertThatExceptionOfType(NotOwnerException.class).isThrownBy(() -> theirs.put(1, Tuple.of(1, "b")));
        assertThatExceptionOfType(NotOwnerException.class).isThrownBy(() -> theirs.putIfAbsent(1, Tuple.of(1)));
        assertThatExceptionOfType(NotOwnerException.class).isThrownBy(theirs::clear);
        assertThatExceptionOfType(NotOwnerException.class)
                .isThrownBy(() -> theirs.values().remove(Tuple.of(1, "a")));

        ConcurrentMap<Object, Tuple> before = mine.asMap();
        mine.giveAway(bench.holder("other").address(), null);
        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> before.remove(1));
        assertThat(before).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
    void aBagIsNoMap(TableType type) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> bench.table(type).asMap());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> bench.table(TableType.SET).asNavigableMap());
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void anEntryKnowsWhatItReplaces(TableType type) {
        Table table = bench.table(type, Tuple.of(1, "a"));
        Map.Entry<Object, Tuple> entry = table.asMap().entrySet().iterator().next();

        table.insert(Tuple.of(1, "b"));
        assertThat(entry.setValue(Tuple.of(1, "c"))).isEqualTo(Tuple.of(1, "b"));
        table.delete(1);
        assertThatIllegalStateException().isThrownBy(() -> entry.setValue(Tuple.of(1, "d")));
        assertThat(table.toList()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void anIteratorRemovesWhatItHasReturned(TableType type) {
        Table table = bench.table(type, Tuple.of(1, "a"));
        Iterator<Tuple> values = table.asMap().values().iterator();
        Iterator<Object> keys = table.asMap().keySet().iterator();
        values.next();
        keys.next();

        table.insert(Tuple.of(1, "b"));
        values.remove();
        assertThat(table.toList()).containsExactly(Tuple.of(1, "b"));
        keys.remove();
        assertThat(table.toList()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "ORDERED_SET"})
    void noUpdateIsLostAndStreamsDoNotMind(TableType type) throws Exception {
        int times = 5_000;
        ConcurrentMap<Object, Object> map = bench.table(type).asMap(Pairs.FORM);
        Callable<Object> count = () -> {
            for (int i = 0; i < times; i++) {
                map.merge(i % 3, 1L, (a, b) -> (long) a + (long) b);
                map.compute("all", (key, sum) -> sum == null ? 1L : (long) sum + 1);
                map.put("noise " + i, i);
                map.remove("noise " + (i - 10));
            }
            return times;
        };
        Callable<Object> read = () -> {
            Object last = null;
            while (!Long.valueOf(2L * times).equals(last)) {
                assertThat(map.keySet().stream().toList()).doesNotContainNull();
                assertThat(map.values().toArray()).doesNotContainNull();
                last = map.get("all");
            }
            return last;
        };
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Object>> ends = List.of(threads.submit(count), threads.submit(count), threads.submit(read));
            for (Future<Object> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(LongStream.range(0, 3).map(key -> (long) map.get(key)).sum()).isEqualTo(2L * times);
    }
}
