// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.plugin.Puppet;
import org.bequest.table.Access;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.NotATermException;
import org.bequest.term.Tuple;
import org.bequest.testkit.PluginJar;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The service, and the handle's operations, across bundles. */
public class TablesServiceIT extends ContainerTest {
    private Table table(String name) {
        return bench.tables().create(TableSpec.of(name));
    }

    @Test
    public void eachBundleActsForItself() throws Exception {
        Bundle one = bench.bundle("one");
        Bundle two = bench.bundle("two");

        Table first = bench.tablesOf(one).create(TableSpec.of("of-one"));
        Table second = bench.tablesOf(two).create(TableSpec.of("of-two"));

        assertThat(first.info().owner()).isEqualTo(owner(one));
        assertThat(second.info().owner()).isEqualTo(owner(two));
    }

    @Test
    public void openIsRefused_ofATableThatIsNotThere() throws Exception {
        Bundle one = bench.bundle("one");

        assertThatThrownBy(() -> bench.tablesOf(one).open("missing"))
                .isInstanceOf(NoSuchTableException.class)
                .hasMessageContaining("'missing'")
                .hasMessageContaining(owner(one).toString());
    }

    @Test
    public void droppedTableIsGone_forEverybody() throws Exception {
        Table table = table("dropped");
        Table other = bench.tablesOf(bench.bundle("other")).open("dropped");

        table.drop();

        assertThatThrownBy(() -> table.insert(Tuple.of("k"))).isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(other::size).isInstanceOf(NoSuchTableException.class);
        assertThat(other.name()).isEqualTo("dropped");
        assertThat(bench.exists("dropped")).isFalse();
    }

    @Test
    public void insertNewOfSeveral_isAllOrNothing() {
        Table table = table("rows");
        table.insert(Tuple.of("taken", 0));

        assertThat(table.insertNew(List.of(Tuple.of("free", 1), Tuple.of("taken", 1))))
                .isFalse();
        assertThat(table.toList()).containsExactly(Tuple.of("taken", 0));
        assertThat(table.insertNew(List.of(Tuple.of("free", 1), Tuple.of("free too", 1))))
                .isTrue();
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    public void laterOfTwoRowsWithOneKeyStays_inABatch() {
        Table table = table("rows");

        table.insert(List.of(Tuple.of("k", 1), Tuple.of("k", 2)));

        assertThat(table.toList()).containsExactly(Tuple.of("k", 2));
    }

    @Test
    public void noCountIsLost_whenTwoBundlesCountInAPublicTable() throws Exception {
        bench.tables().create(TableSpec.of("counts").access(Access.PUBLIC));
        int perThread = 20_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (Bundle bundle : List.of(bench.bundle("one"), bench.bundle("two"))) {
            for (int i = 0; i < 2; i++) {
                Table table = bench.tablesOf(bundle).open("counts");
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    for (int n = 0; n < perThread; n++) {
                        table.updateCounter("hits", 1, 1, Tuple.of("ignored", 0, "rest"));
                    }
                });
                thread.start();
                threads.add(thread);
            }
        }

        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(bench.tables().open("counts").toList()).containsExactly(Tuple.of("hits", 4 * perThread, "rest"));
    }

    @Test
    public void compareAndSetLosesNothing_whenTwoBundlesReplace() throws Exception {
        bench.tables().create(TableSpec.of("sum").access(Access.PUBLIC)).insert(Tuple.of("k", 0));
        List<Thread> threads = new ArrayList<>();
        for (Bundle bundle : List.of(bench.bundle("one"), bench.bundle("two"))) {
            Table table = bench.tablesOf(bundle).open("sum");
            Thread thread = new Thread(() -> {
                for (int done = 0; done < 5_000; ) {
                    Tuple row = table.get("k");
                    if (table.replace(row, row.with(1, row.getLong(1) + 1))) {
                        done++;
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(bench.tables().open("sum").get("k")).isEqualTo(Tuple.of("k", 10_000));
    }

    @Test
    public void orderedTableWalksItsKeys_upAndDown() {
        Table table = bench.tables().create(TableSpec.of("ordered").type(TableType.ORDERED_SET));
        LongStream.of(5, 1, 3).forEach(key -> table.insert(Tuple.of(key)));

        assertThat(table.first()).isEqualTo(1L);
        assertThat(table.next(1)).isEqualTo(3L);
        assertThat(table.next(4)).isEqualTo(5L);
        assertThat(table.next(5)).isNull();
        assertThat(table.last()).isEqualTo(5L);
        assertThat(table.prev(3)).isEqualTo(1L);
        assertThat(table.prev(1)).isNull();
        assertThat(table.toList()).containsExactly(Tuple.of(1), Tuple.of(3), Tuple.of(5));
        assertThat(table.member(1.0)).as("by value").isTrue();
    }

    @Test
    public void unorderedTableIsWalked_everyKeyOnce() {
        Table table = table("unordered");
        LongStream.of(5, 1, 3).forEach(key -> table.insert(Tuple.of(key)));

        List<Object> met = new ArrayList<>();
        for (Object key = table.first(); key != null; key = table.next(key)) {
            met.add(key);
        }

        assertThat(met).containsExactlyInAnyOrder(1L, 3L, 5L);
        assertThat(table.prev(met.get(1))).isEqualTo(met.get(0));
        assertThat(table.last()).isEqualTo(met.get(2));
    }

    // What is refused, and changes nothing.

    @Test
    public void objectOfAPluginIsRefused_asAValue() throws Exception {
        Bundle plugin = bench.start(PluginJar.named("plugin").classes(Puppet.class));
        Object own = plugin.loadClass(Puppet.class.getName())
                .getConstructor(String.class, String.class)
                .newInstance("", "");

        assertNotATerm(() -> Tuple.of("k", own), "[1]", Puppet.class.getName());
        assertNotATerm(() -> table("values").update("k", 1, List.of(1, own)), "[1]", Puppet.class.getName());
        assertNotATerm(() -> table("keys").get(own), "", Puppet.class.getName());
        assertNotATerm(() -> Tuple.of(Map.of("name", List.of(0, own))), "[0][\"name\"][1]", Puppet.class.getName());
    }

    @Test
    public void cyclicListIsRefused() {
        Table table = table("values");
        table.insert(Tuple.of("k", 0));
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        Map<String, Object> ring = new LinkedHashMap<>();
        ring.put("ring", ring);

        assertNotATerm(() -> table.update("k", 1, cycle), "[0][0]", "contains itself");
        assertNotATerm(() -> table.update("k", 1, ring), "[\"ring\"]", "contains itself");
        assertThat(table.toList()).containsExactly(Tuple.of("k", 0));
    }

    @Test
    public void nullKeyIsRefused() {
        Table table = table("keys");

        assertThatThrownBy(() -> table.insert(Tuple.of(null, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'keys'");
        assertThatThrownBy(() -> table.insert(Arrays.asList(Tuple.of("k", 1), Tuple.of(null, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'keys'");
        assertThat(table.toList()).isEmpty();
    }

    @Test
    public void rowWithoutAKeyIsRefused() throws Exception {
        Table table = bench.tables().create(TableSpec.of("rows").keyPosition(1));

        assertThatThrownBy(() -> table.insert(Tuple.of("too short")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rows'")
                .hasMessageContaining("{\"too short\"}");
        assertThatThrownBy(() -> table.insertNew(List.of(Tuple.of(1, 2), Tuple.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(table.toList()).isEmpty();
    }

    @Test
    public void badUpdatesAreRefused() {
        Table table = table("rows");
        table.insert(Tuple.of("k", 1, "text", Long.MAX_VALUE));

        assertThatThrownBy(() -> table.update("k", 0, "new key")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.update("k", 4, "beyond")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.update("k", Map.of(1, 2, 4, "beyond")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.updateCounter("k", 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rows'");
        assertThatThrownBy(() -> table.updateCounter("missing", 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.updateCounter("k", 3, 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> table.replace(Tuple.of("k"), Tuple.of("another")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(table.update("missing", 1, 1)).isFalse();
        assertThat(table.toList()).containsExactly(Tuple.of("k", 1, "text", Long.MAX_VALUE));
    }

    private static void assertNotATerm(Runnable attempt, String... parts) {
        assertThatThrownBy(attempt::run).isInstanceOf(NotATermException.class).hasMessageContainingAll(parts);
    }
}
