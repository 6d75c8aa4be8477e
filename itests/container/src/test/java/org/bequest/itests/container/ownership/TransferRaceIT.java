// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.table.TransferRefusedException;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Giving to somebody who ends at that very moment. */
public class TransferRaceIT extends ContainerTest {
    private static final int ROUNDS = 500;

    @Test
    public void heirGetsTheTable_orTheGiverKeepsIt_whenTheReceiverDiesMeanwhile() throws Exception {
        Spawned heir = bench.spawn();
        Bundle giver = bench.bundle("giver");
        Tables tables = bench.tablesOf(giver);
        int passedOn = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Table table = tables.create(TableSpec.of("moving").heir(heir.recipient(), i));
            table.insert(Tuple.of("k", i));
            Spawned receiver = bench.spawn();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread killer = new Thread(() -> {
                await(start);
                receiver.killed();
            });
            killer.start();

            await(start);
            boolean given = given(table, receiver.recipient());
            killer.join();

            Owner now = bench.table("moving").owner();
            assertThat(now).as("round %d, given: %s", i, given).isEqualTo(given ? owner(heir) : owner(giver));
            assertThat(bench.tables().open("moving").toList()).containsExactly(Tuple.of("k", i));
            if (given) {
                passedOn++;
                heir.runs(self -> self.tables().open("moving").drop());
            } else {
                table.drop();
            }
        }
        assertThat(heir.signals())
                .as("each table that was passed on was told of")
                .hasSize(passedOn);
        heir.killed();
    }

    @Test
    public void claimedTableGoesToEscrow_orTheGiverKeepsIt_whenTheReceiverDiesMeanwhile() throws Exception {
        Bundle giver = bench.bundle("giver");
        Table table = bench.tablesOf(giver).claim(TableSpec.of("moving"));
        table.insert(Tuple.of("k", "v"));
        for (int i = 0; i < ROUNDS; i++) {
            Spawned receiver = bench.spawn();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread killer = new Thread(() -> {
                await(start);
                receiver.killed();
            });
            killer.start();

            await(start);
            boolean given = given(table, receiver.recipient());
            killer.join();

            assertThat(bench.inEscrow("moving")).as("round %d", i).isEqualTo(given);
            if (given) {
                Spawned finder = bench.spawn();
                finder.runs(
                        self -> self.tables().claim(TableSpec.of("moving")).giveAway(Recipient.bundle("giver"), null));
                finder.killed();
            }
            table = bench.tablesOf(giver).open("moving");
            assertThat(table.toList()).containsExactly(Tuple.of("k", "v"));
        }
    }

    @Test
    public void tableHasOneLiveOwner_atEveryMoment_whileOwnersGiveAndDie() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<String> wrong = new AtomicReference<>();
        Bundle keeper = bench.bundle("keeper");
        bench.tablesOf(keeper).claim(TableSpec.of("moving").heir(Recipient.named("heir"), null));
        Thread observer = new Thread(() -> {
            Tables view = bench.tables();
            while (!over.get()) {
                List<TableInfo> found = view.list().stream()
                        .filter(table -> table.name().equals("moving"))
                        .toList();
                if (found.size() != 1) {
                    wrong.set("The table is listed " + found.size() + " times");
                }
            }
        });
        observer.start();

        Table table = bench.tablesOf(keeper).open("moving");
        for (int i = 0; i < ROUNDS / 5; i++) {
            Spawned heir = bench.spawn("heir");
            Spawned receiver = bench.spawn();
            table.giveAway(receiver.recipient(), null);
            Thread killer = new Thread(heir::killed);
            killer.start();
            receiver.killed();
            killer.join();
            // Whoever was the first to die: both are dead, so it is in escrow, or on its way through the heir's death.
            Wait.until("the table is in escrow", () -> bench.inEscrow("moving"));
            Spawned finder = bench.spawn("heir");
            finder.runs(self -> self.tables()
                    .claim(TableSpec.of("moving").heir(Recipient.named("heir"), null))
                    .giveAway(Recipient.bundle("keeper"), null));
            finder.killed();
            table = bench.tablesOf(keeper).open("moving");
        }
        over.set(true);
        observer.join();

        assertThat(wrong).hasNullValue();
    }

    private static boolean given(Table table, Recipient to) {
        try {
            table.giveAway(to, null);
            return true;
        } catch (TransferRefusedException e) {
            return false;
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
