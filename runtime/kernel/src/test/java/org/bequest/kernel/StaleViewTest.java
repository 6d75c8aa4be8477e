// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bequest.record.RecordSpec;
import org.bequest.record.RecordTable;
import org.bequest.table.Access;
import org.bequest.table.ShapeException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.junit.jupiter.api.Test;

/** Views that were made before the shape changed, and changes of rows just while the shape changes. */
final class StaleViewTest {
    private static final Runnable NOTHING = () -> {};

    private final TableBench bench = new TableBench();

    private record First(String id, int count, String name) {}

    private record Second(String id, long count, String name, Optional<String> note) {}

    private record Moved(double rating, String name, String id, int count) {}

    private static final AtomicReference<Runnable> READ = new AtomicReference<>(NOTHING);

    private record Narrow(String id, byte count, String name) {
        Narrow {
            READ.getAndSet(NOTHING).run();
        }
    }

    private static <T extends Record> RecordSpec<T> spec(Class<T> record) {
        return TableSpec.of("t", record).key("id").access(Access.PUBLIC);
    }

    private <T extends Record> RecordTable<T> claim(RecordSpec<T> spec) {
        return bench.holder("app").tables().claim(spec);
    }

    /** A view of the first shape, when the table has the second. */
    private RecordTable<First> stale() {
        claim(spec(First.class)).insert(List.of(new First("a", 1, "x"), new First("b", 2, "y")));
        RecordTable<First> view = bench.holder("other").tables().open("t", First.class);
        claim(spec(Second.class));
        return view;
    }

    @Test
    void aMapThatIsAskedForIsOfTheShapeThatThereIs() {
        assertThat(stale().asMap().get("a")).isEqualTo(new First("a", 1, "x"));
    }

    @Test
    void aNewColumnCanBeUpdated() {
        assertThat(stale().update("a", "note", "z")).isTrue();
    }

    @Test
    void aWidenedColumnTakesWhatItCanHold() {
        assertThat(stale().update("a", "count", 1L << 40)).isTrue();
    }

    @Test
    void aWidenedColumnIsCountedInAsFarAsItGoes() {
        assertThat(stale().updateCounter("a", "count", 1L << 40)).isEqualTo((1L << 40) + 1);
    }

    /** What the check has not seen must not be in the table when it is narrowed. */
    @Test
    void aRowThatComesWhileTheOthersAreCheckedIsCheckedToo() {
        claim(spec(First.class)).insert(new First("a", 1, "x"));
        RecordTable<First> other = bench.holder("other").tables().open("t", First.class);
        READ.set(() -> other.insert(new First("late", 1000, "z")));

        assertThatThrownBy(() -> claim(spec(Narrow.class)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("late");
    }

    @Test
    void aWalkKeepsItsLayout_ifRowsAreMigratedJustWhenItFollowsAnotherChange() {
        RecordTable<First> first = claim(spec(First.class));
        first.insert(List.of(new First("a", 1, "x"), new First("b", 2, "y")));
        Table handle = first.tuples();
        AtomicReference<Runnable> asked = new AtomicReference<>(NOTHING);
        Table watched = (Table) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Table.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(handle, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("shape")) {
                            asked.getAndSet(NOTHING).run();
                        }
                    }
                });
        var walk = RecordTable.over(watched, spec(First.class)).iterator();
        claim(spec(Second.class));
        asked.set(() -> claim(spec(Moved.class)
                .migrate(row -> new Moved(1.0, (String) row.get("name"), (String) row.get("id"), Math.toIntExact((Long)
                        row.get("count"))))));

        assertThat(walk).toIterable().containsExactlyInAnyOrder(new First("a", 1, "x"), new First("b", 2, "y"));
    }
}
