// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.ArrayList;
import java.util.List;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Inbox;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.table.Access;
import org.bequest.table.ManagedTable;
import org.bequest.table.NoEngineException;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.table.TableExistsException;
import org.bequest.table.TableManager;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Transfer;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Tables that are kept for somebody: given to him, taken back, given to the next. */
public class TableManagerIT extends ContainerTest {
    private static final Recipient HOLDER = Recipient.named("holder");

    @After
    public void releaseAll() {
        bench.manager().managed().forEach(duty -> bench.manager()
                .release(duty.table().name()));
    }

    private static ManagedTable kept(Object gift) {
        return new ManagedTable(TableSpec.of("kept"), HOLDER, gift);
    }

    private Pid managerPid() {
        return bench.processes().whereis(TableManager.NAME).orElseThrow();
    }

    private boolean withManager(String table) {
        return bench.table(table).owner() instanceof Owner.Process process
                && process.module().equals(TableManager.NAME);
    }

    private void waitForOwner(Spawned holder) {
        Wait.until("the holder has the table", () -> bench.table("kept").owner().equals(owner(holder)));
    }

    private void write(Spawned holder, Object key) {
        holder.runs(self -> self.tables().open("kept").insert(Tuple.of(key)));
    }

    @Test
    public void holderGetsTheTableAndTheGift_whenItArrives() throws Exception {
        bench.manager().manage(kept("gift"));
        assertThat(withManager("kept")).isTrue();

        Spawned holder = bench.spawn("holder");

        waitForOwner(holder);
        Transfer transfer = holder.transfer();
        assertThat(transfer.gift()).isEqualTo("gift");
        transfer.table().insert(Tuple.of("the holder writes"));
    }

    @Test
    public void holderThatIsThereAlready_getsTheTableAtOnce() throws Exception {
        Spawned holder = bench.spawn("holder");

        bench.manager().manage(kept(Tuple.of("gift", 1)));

        assertThat(bench.table("kept").owner()).isEqualTo(owner(holder));
        assertThat(holder.transfer().gift()).isEqualTo(Tuple.of("gift", 1));
    }

    @Test
    public void tableIsTakenBack_andGivenToTheNext_withItsRows() throws Exception {
        bench.manager().manage(kept("gift"));
        for (int i = 1; i <= 20; i++) {
            Spawned holder = bench.spawn("holder");
            waitForOwner(holder);
            write(holder, i);

            holder.killed();

            assertThat(bench.table("kept").size()).isEqualTo(i);
        }
        Wait.until("it is with the manager", () -> withManager("kept"));
    }

    @Test
    public void tableFollowsItsName_toWhoeverTakesIt() throws Exception {
        bench.manager().manage(kept(null));
        Spawned next = bench.spawn();
        Spawned first = bench.spawn("holder");
        waitForOwner(first);
        first.runs(self -> self.unregister("holder"));
        next.runs(self -> self.register("holder"));
        assertThat(bench.table("kept").owner())
                .as("as long as the first one lives")
                .isEqualTo(owner(first));

        first.killed();

        waitForOwner(next);
    }

    @Test
    public void bundleMayBeTheHolder() throws Exception {
        bench.manager().manage(new ManagedTable(TableSpec.of("kept"), Recipient.bundle("holder"), "gift"));
        Bundle bundle = bench.bundle("holder");
        Inbox inbox = Inbox.of(bundle);
        bench.tablesOf(bundle);
        inbox.next().table().insert(Tuple.of("k", "v"));

        bundle.stop();
        Wait.until("it is back", () -> withManager("kept"));
        bundle.start();
        Inbox again = Inbox.of(bundle);
        bench.tablesOf(bundle);

        assertThat(again.next().table().toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void managingAgain_changesGiftAccessAndHolder_forTheNext() throws Exception {
        bench.manager().manage(kept("old gift"));
        Spawned holder = bench.spawn("holder");
        waitForOwner(holder);
        write(holder, "row");

        ManagedTable changed =
                new ManagedTable(TableSpec.of("kept").access(Access.PUBLIC), Recipient.named("another"), "new gift");
        bench.manager().manage(changed);
        Spawned another = bench.spawn("another");
        holder.killed();

        waitForOwner(another);
        assertThat(another.transfer().gift()).isEqualTo("new gift");
        assertThat(bench.table("kept").access()).isEqualTo(Access.PUBLIC);
        assertThat(bench.table("kept").size()).isEqualTo(1);
        assertThat(bench.manager().managed()).singleElement().satisfies(duty -> {
            assertThat(duty.holder()).isEqualTo(Recipient.named("another"));
            assertThat(duty.gift()).isEqualTo("new gift");
            assertThat(duty.table().access()).isEqualTo(Access.PUBLIC);
        });
    }

    @Test
    public void dutiesAndTablesSurvive_whenTheManagersBundleIsUpdated() throws Exception {
        Bundle manager = bench.shipped("org.bequest.tables.manager");
        Pid pid = managerPid();
        bench.manager().manage(kept("gift"));
        Spawned holder = bench.spawn("holder");
        waitForOwner(holder);
        write(holder, "first");

        manager.update();
        assertThat(managerPid()).isEqualTo(pid);
        holder.killed();
        Spawned next = bench.spawn("holder");

        waitForOwner(next);
        write(next, "second");
        assertThat(bench.table("kept").size()).isEqualTo(2);
    }

    @Test
    public void holderEndsAndTheNextArrives_whileTheManagersBundleIsAway() throws Exception {
        Bundle manager = bench.shipped("org.bequest.tables.manager");
        bench.manager().manage(kept("gift"));
        Spawned holder = bench.spawn("holder");
        waitForOwner(holder);
        write(holder, "row");

        manager.stop();
        holder.killed();
        Spawned next = bench.spawn("holder");
        assertThat(bench.table("kept").size()).isEqualTo(1);
        manager.start();

        waitForOwner(next);
        assertThat(next.transfer().gift()).isEqualTo("gift");
    }

    @Test
    public void dutiesAndTablesSurvive_whenTheManagerIsKilled() throws Exception {
        Pid pid = managerPid();
        bench.manager().manage(kept("gift"));
        bench.manager().manage(new ManagedTable(TableSpec.of("waiting"), Recipient.named("nobody"), null));
        Spawned holder = bench.spawn("holder");
        waitForOwner(holder);
        write(holder, "row");

        bench.processes().exit(pid, ExitReason.KILLED);

        Wait.until("the next manager is there", () -> bench.processes()
                .whereis(TableManager.NAME)
                .filter(now -> !now.equals(pid))
                .isPresent());
        Wait.until("it has what waits", () -> withManager("waiting"));
        assertThat(bench.table("kept").owner()).isEqualTo(owner(holder));
        holder.killed();
        Spawned next = bench.spawn("holder");
        waitForOwner(next);
        assertThat(bench.table("kept").size()).isEqualTo(1);
        assertThat(bench.manager().managed()).hasSize(2);
    }

    @Test
    public void rowsAreKept_whenManagerAndHolderDieAtOnce() throws Exception {
        bench.manager().manage(kept("gift"));
        for (int i = 1; i <= 5; i++) {
            Spawned holder = bench.spawn("holder");
            waitForOwner(holder);
            write(holder, i);
            Pid pid = managerPid();

            Thread killer = new Thread(holder::killed);
            killer.start();
            bench.processes().exit(pid, ExitReason.KILLED);
            killer.join();

            assertThat(bench.table("kept").size()).isEqualTo(i);
            Wait.until("the next manager has it", () -> withManager("kept"));
        }
    }

    @Test
    public void releasedTableStaysWithItsHolder_andGoesToEscrowAfterwards() throws Exception {
        bench.manager().manage(kept("gift"));
        Spawned holder = bench.spawn("holder");
        waitForOwner(holder);
        write(holder, "row");

        bench.manager().release("kept");

        assertThat(bench.table("kept").owner()).isEqualTo(owner(holder));
        assertThat(bench.manager().managed()).isEmpty();
        holder.killed();
        Wait.until("it is in escrow", () -> bench.inEscrow("kept"));
        assertThat(bench.table("kept").size()).isEqualTo(1);
    }

    @Test
    public void releasedTableGoesToEscrowAtOnce_ifNobodyHoldsIt() throws Exception {
        bench.manager().manage(kept("gift"));

        bench.manager().release("kept");

        assertThat(bench.inEscrow("kept")).isTrue();
        Spawned late = bench.spawn("holder");
        assertThat(late.signals()).isEmpty();
    }

    @Test
    public void managerGoesOn_whenAReleasedTableIsDroppedOnItsWayBack() throws Exception {
        Bundle manager = bench.shipped("org.bequest.tables.manager");
        Pid pid = managerPid();
        bench.manager().manage(new ManagedTable(TableSpec.of("kept").access(Access.PUBLIC), HOLDER, null));
        Spawned holder = bench.spawn("holder");
        waitForOwner(holder);
        bench.manager().release("kept");
        manager.stop();
        holder.killed();
        Wait.until("the manager has it, and has not heard of it", () -> withManager("kept"));

        bench.tables().open("kept").drop();
        manager.start();

        assertThat(bench.manager().managed()).isEmpty();
        assertThat(managerPid()).isEqualTo(pid);
    }

    @Test
    public void manageIsRefused_ofANameThatIsTaken() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(TableSpec.of("kept")).insert(Tuple.of("k", "v"));

        assertThatThrownBy(() -> bench.manager().manage(kept("gift")))
                .isInstanceOf(TableExistsException.class)
                .hasMessageContaining("'kept'")
                .hasMessageContaining(owner(owner).toString());

        assertThat(bench.manager().managed()).isEmpty();
        assertThat(bench.table("kept").owner()).isEqualTo(owner(owner));
        assertThat(bench.table("kept").heir()).isNull();
    }

    @Test
    public void manageIsRefused_asAnotherKind_andTheDutyStays() {
        bench.manager().manage(kept("gift"));

        assertThatThrownBy(() -> bench.manager()
                        .manage(new ManagedTable(
                                TableSpec.of("kept").type(TableType.ORDERED_SET), Recipient.named("another"), null)))
                .isInstanceOf(TableExistsException.class);

        assertThat(bench.manager().managed()).singleElement().satisfies(duty -> assertThat(duty.holder())
                .isEqualTo(HOLDER));
    }

    @Test
    public void manageIsRefused_ifTheEngineIsNotThere() {
        assertThatThrownBy(() -> bench.manager()
                        .manage(new ManagedTable(TableSpec.of("kept").engine("steam"), HOLDER, null)))
                .isInstanceOf(NoEngineException.class)
                .hasMessageContaining("'steam'");

        assertThat(bench.manager().managed()).isEmpty();
        assertThat(bench.exists("kept")).isFalse();
    }

    @Test
    public void releaseIsRefused_ofATableThatIsNotKept() {
        bench.tables().create(TableSpec.of("mine"));

        assertThatThrownBy(() -> bench.manager().release("mine"))
                .isInstanceOf(NoSuchTableException.class)
                .hasMessageContaining("'mine'");

        assertThat(bench.exists("mine")).isTrue();
    }

    @Test
    public void tableThatTheHolderDropped_isNewForTheNext() throws Exception {
        bench.manager().manage(kept("gift"));
        Spawned holder = bench.spawn("holder");
        waitForOwner(holder);
        holder.runs(self -> self.tables().open("kept").drop());
        assertThat(bench.exists("kept")).isFalse();
        holder.killed();

        Spawned next = bench.spawn("holder");

        Wait.until("there is a new one", () -> bench.exists("kept"));
        waitForOwner(next);
        assertThat(next.transfer().table().size()).isZero();
    }

    @Test
    public void manyTablesOfManyHolders_areEachWithTheirOwn() throws Exception {
        List<Spawned> holders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            bench.manager().manage(new ManagedTable(TableSpec.of("kept-" + i), Recipient.named("holder-" + i % 10), i));
        }

        for (int i = 0; i < 10; i++) {
            holders.add(bench.spawn(ProcessSpec.of(Bench.PUPPET).name("holder-" + i)));
        }

        for (int i = 0; i < 50; i++) {
            Spawned holder = holders.get(i % 10);
            String table = "kept-" + i;
            Wait.until(
                    table + " is with " + holder,
                    () -> bench.table(table).owner().equals(owner(holder)));
        }
    }
}
