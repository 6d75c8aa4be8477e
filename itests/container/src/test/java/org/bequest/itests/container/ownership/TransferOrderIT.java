// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.Signal;
import org.bequest.table.Owner;
import org.bequest.table.TableSpec;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** A table comes before the news that its owner has ended. */
public class TransferOrderIT extends ContainerTest {
    private static final int ROUNDS = 1_000;

    @Test
    public void transferComesBeforeDown_whenOwnerIsKilled() throws Exception {
        Spawned heir = bench.spawn();
        Spawned owner = bench.spawn();
        heir.does(self -> self.monitor(owner.pid()));
        owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(heir.recipient(), null)));

        owner.killed();

        assertTransferComesFirst(heir, owner, Signal.Down.class);
    }

    @Test
    public void transferComesBeforeExit_whenLinkedOwnerCrashes() throws Exception {
        Spawned heir = bench.spawn();
        Spawned owner = bench.spawn();
        heir.runs(self -> {
            self.trapExits(true);
            self.link(owner.pid());
        });
        owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(heir.recipient(), null)));

        bench.processes().exit(owner.pid(), new ExitReason.Crashed("meant to", ""));
        Wait.until("the heir hears of both", () -> heir.signals().size() == 2);

        assertTransferComesFirst(heir, owner, Signal.Exited.class);
    }

    @Test
    public void heirOwnsTheTable_whenTheExitIsKnown() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Spawned heir = bench.spawn();
            Spawned owner = bench.spawn();
            owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(heir.recipient(), null)));
            var seen = bench.processes().exited(owner.pid()).thenApply(reason -> bench.table("legacy")
                    .owner());

            bench.processes().exit(owner.pid(), ExitReason.SHUTDOWN);

            assertThat(Wait.result(seen)).isEqualTo(owner(heir));
            heir.killed();
        }
    }

    @Test
    public void transferComesBeforeDown_whenManyOwnersOfManyTablesEndAtOnce() throws Exception {
        Spawned heir = bench.spawn();
        for (int round = 0; round < ROUNDS / 10; round++) {
            List<Spawned> owners = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Spawned owner = bench.spawn();
                String table = "legacy-" + round + "-" + i;
                owner.does(self -> self.tables().create(TableSpec.of(table).heir(heir.recipient(), null)));
                heir.does(self -> self.monitor(owner.pid()));
                owners.add(owner);
            }

            owners.parallelStream().forEach(Spawned::killed);
        }

        Wait.until("the heir has heard of all", () -> heir.signals().size() == 2 * ROUNDS);
        Set<Object> transferred = new HashSet<>();
        for (Signal signal : heir.signals()) {
            if (signal instanceof Signal.Transferred transfer
                    && transfer.transfer().from() instanceof Owner.Process from) {
                transferred.add(from.pid());
            } else if (signal instanceof Signal.Down down) {
                assertThat(transferred).contains(down.pid());
            }
        }
        assertThat(transferred).hasSize(ROUNDS);
        heir.killed();
    }

    private static void assertTransferComesFirst(Spawned heir, Spawned owner, Class<? extends Signal> then) {
        List<Signal> signals = heir.signals();
        assertThat(signals).hasSize(2);
        assertThat(signals.get(0)).isInstanceOfSatisfying(Signal.Transferred.class, transferred -> assertThat(
                        transferred.transfer().from())
                .isEqualTo(owner(owner)));
        assertThat(signals.get(1)).isInstanceOf(then);
    }
}
