// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Owners.owner;

import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Inbox;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.table.Access;
import org.bequest.table.FencedException;
import org.bequest.table.NotOwnerException;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.Transfer;
import org.bequest.table.TransferRefusedException;
import org.bequest.term.NotATermException;
import org.bequest.term.Tuple;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Handing a table over while its owner lives. */
public class GiveAwayIT extends ContainerTest {
    @Test
    public void processGetsTableAndGift_fromProcess() throws Exception {
        Spawned giver = bench.spawn();
        Spawned receiver = bench.spawn();

        giver.runs(self -> {
            Table table = self.tables().create(TableSpec.of("given"));
            table.insert(Tuple.of("k", "v"));
            table.giveAway(receiver.recipient(), Tuple.of("gift"));
        });

        assertThat(bench.table("given").owner()).isEqualTo(owner(receiver));
        Transfer transfer = receiver.transfer();
        assertThat(transfer.from()).isEqualTo(owner(giver));
        assertThat(transfer.gift()).isEqualTo(Tuple.of("gift"));
        assertThat(transfer.table().take("k")).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void processGetsTable_byItsName() throws Exception {
        Spawned receiver = bench.spawn("receiver");
        Spawned giver = bench.spawn();

        giver.runs(self -> self.tables().create(TableSpec.of("given")).giveAway(Recipient.named("receiver"), null));

        assertThat(receiver.transfer().gift()).isNull();
    }

    @Test
    public void bundleGetsTableAndGift_fromProcess() throws Exception {
        Bundle receiver = bench.bundle("receiver");
        Inbox inbox = Inbox.of(receiver);
        Spawned giver = bench.spawn();

        giver.runs(self -> self.tables().create(TableSpec.of("given")).giveAway(Recipient.bundle("receiver"), 1));

        Transfer transfer = inbox.next();
        assertThat(transfer.from()).isEqualTo(owner(giver));
        assertThat(transfer.gift()).isEqualTo(1L);
        assertThat(transfer.table().info().owner()).isEqualTo(owner(receiver));
        transfer.table().insert(Tuple.of("k", "the receiver writes"));
    }

    @Test
    public void processGetsTableAndGift_fromBundle() throws Exception {
        Bundle giver = bench.bundle("giver");
        Spawned receiver = bench.spawn();

        bench.tablesOf(giver).create(TableSpec.of("given")).giveAway(receiver.recipient(), "gift");

        assertThat(receiver.transfer().from()).isEqualTo(owner(giver));
        assertThat(receiver.transfer().gift()).isEqualTo("gift");
    }

    @Test
    public void givenTableEndsWithItsNewOwner_notWithTheGiver() throws Exception {
        Bundle giver = bench.bundle("giver");
        Spawned receiver = bench.spawn();
        bench.tablesOf(giver).create(TableSpec.of("given")).giveAway(receiver.recipient(), null);

        giver.stop();
        assertThat(bench.exists("given")).isTrue();
        receiver.killed();
        assertThat(bench.exists("given")).isFalse();
    }

    @Test
    public void heirStays_whenTableIsGivenAway() throws Exception {
        Spawned heir = bench.spawn();
        Spawned receiver = bench.spawn();
        Bundle giver = bench.bundle("giver");
        bench.tablesOf(giver)
                .create(TableSpec.of("given").heir(heir.recipient(), "inherited"))
                .giveAway(receiver.recipient(), "given");

        receiver.killed();

        assertThat(bench.table("given").owner()).isEqualTo(owner(heir));
        assertThat(heir.transfer().gift()).isEqualTo("inherited");
        assertThat(heir.transfer().from()).isEqualTo(owner(receiver));
    }

    @Test
    public void giverWritesNoMore_afterGivingAway() throws Exception {
        Bundle giver = bench.bundle("giver");
        Spawned receiver = bench.spawn();
        Table old = bench.tablesOf(giver).create(TableSpec.of("given"));
        old.giveAway(receiver.recipient(), null);

        assertThatThrownBy(() -> old.insert(Tuple.of("k", "v")))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("'given'");
        assertThatThrownBy(() -> bench.tablesOf(giver).open("given").insert(Tuple.of("k", "v")))
                .isInstanceOf(NotOwnerException.class)
                .hasMessageContaining("'given'");
        assertThat(old.toList()).isEmpty();
    }

    @Test
    public void oldHandleStaysFenced_whenTheTableComesBackToTheGiver() throws Exception {
        Spawned there = bench.spawn();
        Bundle giver = bench.bundle("giver");
        Inbox inbox = Inbox.of(giver);
        Table old = bench.tablesOf(giver).create(TableSpec.of("given"));
        old.giveAway(there.recipient(), null);
        there.transfer().table().giveAway(Recipient.bundle("giver"), "back");

        Table back = inbox.next().table();

        back.insert(Tuple.of("k", "v"));
        assertThatThrownBy(() -> old.insert(Tuple.of("k", "from the old life"))).isInstanceOf(FencedException.class);
        assertThat(bench.tablesOf(giver).open("given").toList()).containsExactly(Tuple.of("k", "v"));
    }

    // Refusals.

    @Test
    public void onlyTheOwnerGivesAway() throws Exception {
        Spawned owner = bench.spawn();
        Spawned other = bench.spawn();
        owner.runs(self -> self.tables().create(TableSpec.of("kept").access(Access.PUBLIC)));

        RuntimeException refusal =
                other.refused(self -> self.tables().open("kept").giveAway(other.recipient(), null));

        assertThat(refusal)
                .isInstanceOf(NotOwnerException.class)
                .hasMessageContaining("'kept'")
                .hasMessageContaining(owner(owner).toString())
                .hasMessageContaining(owner(other).toString());
        assertThat(bench.table("kept").owner()).isEqualTo(owner(owner));
        assertThat(other.signals()).isEmpty();
    }

    @Test
    public void processDoesNotGiveToItself() throws Exception {
        Spawned owner = bench.spawn("myself");
        owner.runs(self -> self.tables().create(TableSpec.of("kept")));

        RuntimeException byPid =
                owner.refused(self -> self.tables().open("kept").giveAway(owner.recipient(), null));
        RuntimeException byName =
                owner.refused(self -> self.tables().open("kept").giveAway(Recipient.named("myself"), null));

        assertThat(byPid).isInstanceOf(TransferRefusedException.class).hasMessageContaining("'kept'");
        assertThat(byName).isInstanceOf(TransferRefusedException.class).hasMessageContaining("'myself'");
        assertThat(owner.signals()).isEmpty();
        owner.runs(self -> self.tables().open("kept").insert(Tuple.of("k", "v")));
    }

    @Test
    public void bundleDoesNotGiveToItself() throws Exception {
        Bundle owner = bench.bundle("owner");
        Inbox inbox = Inbox.of(owner);

        assertRefused(owner, Recipient.bundle("owner"));
        assertThat(inbox.size()).isZero();
    }

    @Test
    public void nothingIsGiven_toAnEndedProcess() throws Exception {
        Spawned dead = bench.spawn();
        dead.killed();

        assertRefused(bench.bundle("owner"), dead.recipient());
    }

    @Test
    public void nothingIsGiven_toANameThatNobodyHas() throws Exception {
        assertRefused(bench.bundle("owner"), Recipient.named("nobody"));
    }

    @Test
    public void nothingIsGiven_toAStoppedBundle() throws Exception {
        Bundle stopped = bench.bundle("stopped");
        Inbox.of(stopped);
        stopped.stop();

        assertRefused(bench.bundle("owner"), Recipient.bundle("stopped"));
    }

    @Test
    public void nothingIsGiven_toAnUnknownBundle() throws Exception {
        assertRefused(bench.bundle("owner"), Recipient.bundle("unknown"));
    }

    @Test
    public void nothingIsGiven_withAGiftThatIsNoTerm() throws Exception {
        Spawned receiver = bench.spawn();
        Bundle owner = bench.bundle("owner");
        Table table = bench.tablesOf(owner).create(TableSpec.of("kept"));

        assertThatThrownBy(() -> table.giveAway(receiver.recipient(), new Thread()))
                .isInstanceOf(NotATermException.class)
                .hasMessageContaining("java.lang.Thread");

        assertThat(bench.table("kept").owner()).isEqualTo(owner(owner));
        assertThat(receiver.signals()).isEmpty();
    }

    /** That the bundle's table stays as it is, and can still be written. */
    private void assertRefused(Bundle owner, Recipient to) {
        Table table = bench.tablesOf(owner).create(TableSpec.of("kept").heir(Recipient.named("somebody"), 1));
        TableInfo before = table.info();

        assertThatThrownBy(() -> table.giveAway(to, "gift"))
                .isInstanceOf(TransferRefusedException.class)
                .hasMessageContaining("'kept'")
                .hasMessageContaining(owner(owner).toString())
                .hasMessageContaining(to.toString());

        assertThat(table.info()).isEqualTo(before);
        table.insert(Tuple.of("k", "v"));
    }
}
