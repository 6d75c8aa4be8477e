// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Inbox;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.ZombieActivator;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.table.Access;
import org.bequest.table.FencedException;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A principal lives once; what an old life left running can do no harm. */
public class FencingIT extends ContainerTest {
    @Test
    public void handlesOfAnOldLifeAreFenced_whenTheBundleIsRestarted() throws Exception {
        Bundle bundle = bench.bundle("owner");
        Tables oldTables = bench.tablesOf(bundle);
        Processes oldProcesses = bench.processesOf(bundle);
        Table oldTable = oldTables.claim(TableSpec.of("claimed"));

        bundle.stop();
        bundle.start();

        Table newTable = bench.tablesOf(bundle).claim(TableSpec.of("claimed"));
        newTable.insert(Tuple.of("k", "new life"));
        assertFenced("owner", () -> oldTable.insert(Tuple.of("k", "old life")));
        assertFenced("owner", oldTable::toList);
        assertFenced("owner", oldTable::drop);
        assertFenced("owner", () -> oldTables.open("claimed"));
        assertFenced("owner", () -> oldTables.claim(TableSpec.of("claimed")));
        assertFenced("owner", () -> oldTables.create(TableSpec.of("another")));
        assertFenced("owner", oldTables::list);
        assertFenced("owner", oldProcesses::list);
        assertThat(newTable.toList()).containsExactly(Tuple.of("k", "new life"));
        assertThat(bench.exists("another")).isFalse();
    }

    @Test
    public void handlesOnOthersTablesAreFencedToo_whenTheirBundleStops() throws Exception {
        bench.tables().create(TableSpec.of("theirs").access(Access.PUBLIC));
        Bundle bundle = bench.bundle("reader");
        Table handle = bench.tablesOf(bundle).open("theirs");
        handle.insert(Tuple.of("k", "v"));

        bundle.stop();

        assertFenced("reader", () -> handle.insert(Tuple.of("k", "zombie")));
        assertFenced("reader", () -> handle.get("k"));
        assertThat(bench.tables().open("theirs").toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void iteratorIsFenced_betweenTwoSteps() throws Exception {
        bench.tables().create(TableSpec.of("theirs")).insert(List.of(Tuple.of(1), Tuple.of(2)));
        Bundle bundle = bench.bundle("reader");
        var rows = bench.tablesOf(bundle).open("theirs").iterator();
        rows.next();

        bundle.stop();

        assertFenced("reader", rows::next);
    }

    @Test
    public void everythingOfAProcessIsFenced_whenItHasEnded() throws Exception {
        Spawned process = bench.spawn();
        Self self = process.does(present -> present);
        Tables tables = self.tables();
        Table table = process.does(present -> present.tables().claim(TableSpec.of("claimed")));

        process.killed();

        String pid = process.pid().toString();
        assertThat(self.pid()).isEqualTo(process.pid());
        assertFenced(pid, () -> table.insert(Tuple.of("k", "v")));
        assertFenced(pid, () -> tables.claim(TableSpec.of("claimed")));
        assertFenced(pid, () -> self.tables().list());
        assertFenced(pid, () -> self.processes().list());
        assertFenced(pid, () -> self.register("zombie"));
        assertFenced(pid, () -> self.monitor(process.pid()));
        assertThat(bench.inEscrow("claimed")).isTrue();
        assertThat(bench.tables().open("claimed").size()).isZero();
    }

    @Test
    public void zombieThreadOfAPlugin_writesNothingIntoItsSuccessorsTable() throws Exception {
        PluginJar plugin = PluginJar.named("haunts").activator(ZombieActivator.class);
        Bundle bundle = bench.start(plugin);
        Table haunted = bench.tables().open("haunted");
        for (int i = 0; i < 10; i++) {
            String old = "1.0." + i;
            Wait.until("the thread of version " + old + " writes", () -> haunted.member(old));
            Supplier<Long> refusals = refusals(bundle);

            bench.update(bundle, plugin.version("1.0." + (i + 1)));

            Tuple last = haunted.get(old);
            Wait.until("the zombie has given up", () -> refusals.get() == ZombieActivator.ENOUGH);
            assertThat(haunted.get(old)).isEqualTo(last);
        }
        Supplier<Long> refusals = refusals(bundle);
        bundle.stop();
        Wait.until("the last zombie has given up", () -> refusals.get() == ZombieActivator.ENOUGH);
    }

    @SuppressWarnings("unchecked")
    private Supplier<Long> refusals(Bundle bundle) {
        return (Supplier<Long>) bench.context().getService(bundle.getRegisteredServices()[0]);
    }

    @Test
    public void nothingOfTheGiverBecomesVisible_afterTheTransferHasReturned() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong refused = new AtomicLong();
        Bundle giver = bench.bundle("giver");
        Inbox back = Inbox.of(giver);
        Spawned receiver = bench.spawn();
        AtomicReference<Table> handle =
                new AtomicReference<>(bench.tablesOf(giver).create(TableSpec.of("moving")));
        Thread zombie = new Thread(() -> {
            for (long i = 0; !over.get(); i++) {
                try {
                    handle.get().insert(List.of(Tuple.of("zombie", i), Tuple.of("zombie too", i)));
                    handle.get().updateCounter("count", 1, 1, Tuple.of("count", 0));
                } catch (FencedException e) {
                    refused.incrementAndGet();
                }
            }
        });
        zombie.start();
        Table reader = bench.tables().open("moving");
        try {
            for (int i = 0; i < 50; i++) {
                Wait.until("the zombie writes", () -> reader.member("zombie"));

                handle.get().giveAway(receiver.recipient(), null);

                List<Tuple> mark = reader.toList();
                long tries = refused.get();
                Wait.until("the zombie has tried again", () -> refused.get() > tries + 100);
                assertThat(reader.toList()).as("round %d", i).containsExactlyInAnyOrderElementsOf(mark);
                receiver.runs(self -> {
                    Table mine = self.tables().open("moving");
                    mine.deleteAll();
                    mine.giveAway(Recipient.bundle("giver"), null);
                });
                handle.set(back.next().table());
            }
        } finally {
            over.set(true);
            zombie.join();
        }
    }

    private static void assertFenced(String who, Runnable attempt) {
        assertThatThrownBy(attempt::run).isInstanceOf(FencedException.class).hasMessageContaining(who);
    }
}
