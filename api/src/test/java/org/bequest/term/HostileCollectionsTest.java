// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Collections of a plugin are foreign code: they may fail the caller, but not make a term that is none. */
@Timeout(30)
class HostileCollectionsTest {

    /** A list that is what its iterator says, whatever its size says. */
    private static List<Object> list(int size, Supplier<Iterator<Object>> iterator) {
        return new AbstractList<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Object get(int index) {
                throw new IllegalStateException("get");
            }

            @Override
            public Iterator<Object> iterator() {
                return iterator.get();
            }

            @Override
            public Object[] toArray() {
                return new String[] {"mutable, and of another class"};
            }
        };
    }

    @Test
    void sizeIsNotBelieved() {
        for (int size : new int[] {-1, 0, 1, Integer.MAX_VALUE}) {
            List<Object> liar = list(size, () -> List.<Object>of(1, 2).iterator());
            assertThat(Terms.copyOf(liar)).isEqualTo(List.of(1L, 2L));
        }
    }

    @Test
    void endlessListIsRefused() {
        List<Object> endless = list(1, () -> Stream.<Object>generate(() -> 1L).iterator());
        assertThatThrownBy(() -> Terms.copyOf(endless))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("has no end");
    }

    @Test
    void endlessMapIsRefused() {
        Map<Object, Object> endless = new AbstractMap<>() {
            @Override
            public Set<Entry<Object, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public int size() {
                        return 1;
                    }

                    @Override
                    public Iterator<Entry<Object, Object>> iterator() {
                        return Stream.<Entry<Object, Object>>generate(() -> Map.entry("same", 1L))
                                .iterator();
                    }
                };
            }
        };
        assertThatThrownBy(() -> Terms.copyOf(endless))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("has no end");
    }

    @Test
    void listThatMakesEverDeeperListsIsRefused() {
        assertThatThrownBy(() -> Terms.copyOf(everDeeper()))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("nested deeper");
    }

    private static List<Object> everDeeper() {
        return list(1, () -> List.<Object>of(everDeeper()).iterator());
    }

    @Test
    void whatTheListThrowsReachesTheCaller() {
        List<Object> thrower = list(1, () -> {
            throw new IllegalStateException("hostile");
        });
        assertThatThrownBy(() -> Terms.copyOf(List.of(thrower)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("hostile");
    }

    @Test
    void listThatChangesWhileItIsReadFailsTheCaller() {
        List<Object> changing = new ArrayList<>();
        changing.add(1);
        changing.add(list(0, () -> {
            changing.add("more");
            return List.<Object>of().iterator();
        }));
        assertThatThrownBy(() -> Terms.copyOf(changing)).isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void entryIsReadOnce_soItCannotAnswerTwoWays() {
        int[] calls = {0, 0};
        Map.Entry<Object, Object> moody = new Map.Entry<>() {
            @Override
            public Object getKey() {
                return "key " + ++calls[0];
            }

            @Override
            public Object getValue() {
                return ++calls[1] == 1 ? 1 : new Object();
            }

            @Override
            public Object setValue(Object value) {
                throw new UnsupportedOperationException();
            }
        };
        Map<Object, Object> map = new AbstractMap<>() {
            @Override
            public Set<Entry<Object, Object>> entrySet() {
                return Set.of(moody);
            }
        };
        assertThat(Terms.copyOf(map)).isEqualTo(Map.of("key 1", 1L));
    }

    @Test
    void arrayGivenToATupleIsNotKept() {
        Object[] elements = IntStream.range(0, 9).boxed().toArray();
        Tuple tuple = Tuple.of(elements);
        elements[0] = new Object();
        assertThat(tuple.get(0)).isEqualTo(0L);
    }
}
