// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.List;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Inbox;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.table.FencedException;
import org.bequest.table.Heir;
import org.bequest.table.NotOwnerException;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.Transfer;
import org.bequest.term.NotATermException;
import org.bequest.term.Tuple;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Who gets a table when its owner ends. */
public class HeirIT extends ContainerTest {
    @Test
    public void tablePassesToHeir_whenOwnerProcessIsKilled() throws Exception {
        Spawned heir = bench.spawn();
        Spawned owner = bench.spawn();
        owner.runs(self -> {
            Table table = self.tables().create(TableSpec.of("legacy").heir(heir.recipient(), Tuple.of("gift", 7)));
            table.insert(Tuple.of("k", "v"));
        });

        owner.killed();

        assertThat(bench.table("legacy").owner()).isEqualTo(owner(heir));
        Transfer transfer = heir.transfer();
        assertThat(transfer.from()).isEqualTo(owner(owner));
        assertThat(transfer.gift()).isEqualTo(Tuple.of("gift", 7L));
        assertThat(transfer.table().toList()).containsExactly(Tuple.of("k", "v"));
        transfer.table().insert(Tuple.of("k", "the heir writes"));
        assertThat(bench.tables().open("legacy").toList()).containsExactly(Tuple.of("k", "the heir writes"));
    }

    @Test
    public void tablePassesToHeirBundle_whenOwnerProcessIsKilled() throws Exception {
        Bundle heir = bench.bundle("heir");
        Inbox inbox = Inbox.of(heir);
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(Recipient.bundle("heir"), "gift")));

        owner.killed();

        Transfer transfer = inbox.next();
        assertThat(transfer.from()).isEqualTo(owner(owner));
        assertThat(transfer.gift()).isEqualTo("gift");
        assertThat(transfer.table().info().owner()).isEqualTo(owner(heir));
        transfer.table().insert(Tuple.of("k", "the heir writes"));
    }

    @Test
    public void tablePassesToHeirProcess_whenOwnerBundleStops() throws Exception {
        Spawned heir = bench.spawn();
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(TableSpec.of("legacy").heir(heir.recipient(), null));

        owner.stop();

        assertThat(heir.transfer().from()).isEqualTo(owner(owner));
        assertThat(heir.transfer().gift()).isNull();
    }

    @Test
    public void transferIsKeptForBundle_untilItsFirstListenerIsThere() throws Exception {
        Bundle heir = bench.bundle("heir");
        bench.tablesOf(heir);
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(TableSpec.of("legacy").heir(Recipient.bundle("heir"), "early"));
        owner.stop();
        assertThat(bench.table("legacy").owner()).isEqualTo(owner(heir));

        Inbox late = Inbox.of(heir);

        assertThat(late.next().gift()).isEqualTo("early");
    }

    @Test
    public void claimedTablePassesToHeirToo() throws Exception {
        Spawned heir = bench.spawn();
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).claim(TableSpec.of("legacy").heir(heir.recipient(), null));

        owner.stop();

        assertThat(bench.table("legacy").owner()).isEqualTo(owner(heir));
    }

    @Test
    public void heirByNameIsLookedUp_whenTheOwnerEnds() throws Exception {
        Spawned first = bench.spawn("successor");
        Spawned second = bench.spawn();
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(Recipient.named("successor"), null)));
        first.runs(self -> self.unregister("successor"));
        second.runs(self -> self.register("successor"));

        owner.killed();

        assertThat(bench.table("legacy").owner()).isEqualTo(owner(second));
        assertThat(first.signals()).isEmpty();
    }

    @Test
    public void plainTableGoes_whenItsHeirIsDead() throws Exception {
        Spawned heir = bench.spawn();
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(heir.recipient(), null)));
        heir.killed();

        owner.killed();

        assertThat(bench.exists("legacy")).isFalse();
    }

    @Test
    public void claimedTableGoesToEscrow_whenItsHeirIsDead() throws Exception {
        Spawned heir = bench.spawn();
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().claim(TableSpec.of("legacy").heir(heir.recipient(), null)));
        heir.killed();

        owner.killed();

        assertThat(bench.inEscrow("legacy")).isTrue();
    }

    @Test
    public void claimedTableGoesToEscrow_whenNobodyHasTheHeirsName() throws Exception {
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().claim(TableSpec.of("legacy").heir(Recipient.named("nobody"), null)));

        owner.killed();

        assertThat(bench.inEscrow("legacy")).isTrue();
    }

    @Test
    public void claimedTableGoesToEscrow_whenTheHeirBundleIsStopped() throws Exception {
        Bundle heir = bench.bundle("heir");
        Inbox.of(heir);
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).claim(TableSpec.of("legacy").heir(Recipient.bundle("heir"), null));
        heir.stop();

        owner.stop();

        assertThat(bench.inEscrow("legacy")).isTrue();
    }

    @Test
    public void heirClaimsFromEscrow_whatWasMeantForItsName() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner)
                .claim(TableSpec.of("legacy").heir(Recipient.named("later"), null))
                .insert(Tuple.of("k", "v"));
        owner.stop();
        Spawned stranger = bench.spawn("stranger");
        Spawned later = bench.spawn("later");

        RuntimeException refusal = stranger.refused(self -> self.tables().claim(TableSpec.of("legacy")));
        List<Tuple> rows =
                later.does(self -> self.tables().claim(TableSpec.of("legacy")).toList());

        assertThat(refusal).hasMessageContaining("'legacy'").hasMessageContaining("owner");
        assertThat(rows).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void heirBundleClaimsFromEscrow_whatWasMeantForIt() throws Exception {
        Spawned owner = bench.spawn();
        owner.runs(self -> {
            self.tables()
                    .claim(TableSpec.of("legacy").heir(Recipient.bundle("later"), null))
                    .insert(Tuple.of("k", "v"));
        });
        owner.killed();

        Table table = bench.tablesOf(bench.bundle("later")).claim(TableSpec.of("legacy"));

        assertThat(table.toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void lastHeirSetCounts() throws Exception {
        Spawned first = bench.spawn();
        Spawned second = bench.spawn();
        Spawned owner = bench.spawn();
        owner.runs(self -> {
            Table table = self.tables().create(TableSpec.of("legacy").heir(first.recipient(), 1));
            table.setHeir(new Heir(second.recipient(), 2));
        });

        owner.killed();

        assertThat(second.transfer().gift()).isEqualTo(2L);
        assertThat(first.signals()).isEmpty();
    }

    @Test
    public void plainTableGoes_whenItsHeirWasTakenBack() throws Exception {
        Spawned heir = bench.spawn();
        Spawned owner = bench.spawn();
        owner.runs(self -> {
            self.tables()
                    .create(TableSpec.of("legacy").heir(heir.recipient(), 1))
                    .setHeir(null);
        });

        owner.killed();

        assertThat(bench.exists("legacy")).isFalse();
        assertThat(heir.signals()).isEmpty();
    }

    @Test
    public void onlyTheOwnerSetsTheHeir() throws Exception {
        Spawned owner = bench.spawn();
        Spawned other = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("legacy")));

        RuntimeException refusal =
                other.refused(self -> self.tables().open("legacy").setHeir(new Heir(other.recipient(), null)));

        assertThat(refusal)
                .isInstanceOf(NotOwnerException.class)
                .hasMessageContaining("'legacy'")
                .hasMessageContaining(owner(owner).toString())
                .hasMessageContaining(owner(other).toString());
        assertThat(bench.table("legacy").heir()).isNull();
    }

    @Test
    public void giftMustBeATerm() {
        Object notATerm = new Thread();

        assertThatThrownBy(() -> TableSpec.of("legacy").heir(Recipient.named("heir"), List.of(notATerm)))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("[0]")
                .hasMessageContaining("java.lang.Thread");
        assertThat(bench.exists("legacy")).isFalse();
    }

    @Test
    public void tableGoesOnFromHeirToHeir_eachEndingInTurn() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner)
                .create(TableSpec.of("legacy").heir(Recipient.named("line"), null))
                .insert(Tuple.of("k", "v"));
        Spawned previous = bench.spawn("line");
        owner.stop();
        for (int i = 0; i < 10; i++) {
            Spawned next = bench.spawn();
            previous.runs(self -> self.unregister("line"));
            next.runs(self -> self.register("line"));

            previous.killed();

            assertThat(next.transfer().from()).isEqualTo(owner(previous));
            previous = next;
        }
        assertThat(bench.tables().open("legacy").toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void handleOfTheDeadOwnerIsFenced() throws Exception {
        Spawned heir = bench.spawn();
        Spawned owner = bench.spawn();
        Table old =
                owner.does(self -> self.tables().create(TableSpec.of("legacy").heir(heir.recipient(), null)));

        owner.killed();

        assertThatThrownBy(() -> old.insert(Tuple.of("k", "v")))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("legacy");
        assertThatThrownBy(old::toList).isInstanceOf(FencedException.class);
        assertThat(bench.tables().open("legacy").size()).isZero();
    }
}
