// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.function.Consumer;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.Owner;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What becomes of a table without an heir. */
public class OwnerEndsIT extends ContainerTest {
    private static final Consumer<Self> CRASH = self -> {
        throw new IllegalStateException("meant to");
    };

    @Test
    public void plainTableGoes_whenOwnerProcessIsKilled() throws Exception {
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("plain")));
        Table reader = bench.tables().open("plain");

        owner.killed();

        assertThat(bench.exists("plain")).isFalse();
        assertThatThrownBy(reader::toList)
                .isInstanceOf(NoSuchTableException.class)
                .hasMessageContaining("'plain'");
    }

    @Test
    public void plainTableGoes_whenOwnerProcessCrashes() throws Exception {
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("plain")));

        owner.casts(CRASH);
        Wait.result(bench.processes().exited(owner.pid()));

        assertThat(bench.exists("plain")).isFalse();
    }

    @Test
    public void plainTableGoes_whenOwnerProcessEndsByItself() throws Exception {
        Spawned owner = bench.spawn();
        owner.does(self -> self.tables().create(TableSpec.of("plain")));

        owner.casts((Consumer<Self>) self -> self.exit(ExitReason.NORMAL));
        Wait.result(bench.processes().exited(owner.pid()));

        assertThat(bench.exists("plain")).isFalse();
    }

    @Test
    public void plainTableGoes_whenOwnerBundleStops() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(TableSpec.of("plain"));

        owner.stop();

        assertThat(bench.exists("plain")).isFalse();
    }

    @Test
    public void nameIsFreeAgain_whenPlainTableIsGone() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(TableSpec.of("plain")).insert(Tuple.of("k", 1));

        owner.stop();

        assertThat(bench.tables().create(TableSpec.of("plain")).size()).isZero();
    }

    @Test
    public void claimedTableGoesToEscrow_whenOwnerProcessIsKilled() throws Exception {
        Instant before = Instant.now();
        Spawned owner = bench.spawn();
        Owner who = owner.does(self -> {
            Table table = self.tables().claim(TableSpec.of("claimed"));
            table.insert(Tuple.of("k", "v"));
            return table.info().owner();
        });

        owner.killed();

        TableInfo left = bench.table("claimed");
        assertThat(bench.escrow().list()).containsExactly(left);
        assertThat(who).isEqualTo(new Owner.Process(owner.pid(), "puppet"));
        assertThat(left.owner()).isInstanceOfSatisfying(Owner.Escrow.class, escrow -> {
            assertThat(escrow.from()).isEqualTo(who);
            assertThat(escrow.since()).isBetween(before, Instant.now());
        });
        assertThat(bench.tables().open("claimed").toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void claimedTableGoesToEscrow_whenOwnerBundleStops() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).claim(TableSpec.of("claimed")).insert(Tuple.of("k", "v"));

        owner.stop();

        assertThat(bench.table("claimed").owner())
                .isInstanceOfSatisfying(Owner.Escrow.class, escrow -> assertThat(escrow.from())
                        .isEqualTo(new Owner.Bundle("owner", owner.getBundleId())));
        assertThat(bench.tables().open("claimed").toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void onlyTheTablesOfTheOneWhoEndsGo() throws Exception {
        Bundle stays = bench.bundle("stays");
        Bundle goes = bench.bundle("goes");
        Table kept = bench.tablesOf(stays).create(TableSpec.of("kept"));
        bench.tablesOf(goes).create(TableSpec.of("gone-1"));
        bench.tablesOf(goes).create(TableSpec.of("gone-2"));

        goes.stop();

        kept.insert(Tuple.of("k", "v"));
        assertThat(bench.exists("gone-1")).isFalse();
        assertThat(bench.exists("gone-2")).isFalse();
        assertThat(kept.size()).isEqualTo(1);
    }

    @Test
    public void operatorDropsTable_onlyWhileItIsInEscrow() throws Exception {
        Bundle owner = bench.bundle("owner");
        Tables tables = bench.tablesOf(owner);
        tables.claim(TableSpec.of("claimed"));
        assertThatThrownBy(() -> bench.escrow().drop("claimed"))
                .isInstanceOf(NoSuchTableException.class)
                .hasMessageContaining("'claimed'");
        owner.stop();

        bench.escrow().drop("claimed");

        assertThat(bench.exists("claimed")).isFalse();
        assertThatThrownBy(() -> bench.escrow().drop("claimed")).isInstanceOf(NoSuchTableException.class);
    }
}
