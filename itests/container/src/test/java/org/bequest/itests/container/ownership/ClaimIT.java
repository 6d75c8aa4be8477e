// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.List;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.ClaimActivator;
import org.bequest.process.ProcessSpec;
import org.bequest.table.Access;
import org.bequest.table.FencedException;
import org.bequest.table.NoEngineException;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableExistsException;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.bequest.testkit.PluginJar;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The one-line way in: claim, and find what was left. */
public class ClaimIT extends ContainerTest {
    private static PluginJar plugin(String version) {
        return PluginJar.named("claims").version(version).activator(ClaimActivator.class);
    }

    private List<Tuple> starts() {
        return bench.tables().open("starts").toList();
    }

    @Test
    public void rowsAreKept_whenTheBundleIsUpdated() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0"));

        bench.update(bundle, plugin("2.0.0"));

        assertThat(starts()).containsExactlyInAnyOrder(Tuple.of(1, "1.0.0"), Tuple.of(2, "2.0.0"));
        assertThat(bench.table("starts").owner()).isEqualTo(owner(bundle));
    }

    @Test
    public void rowsAreKept_whenTheBundleIsRefreshed() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0"));

        bench.refresh(bundle);

        assertThat(starts()).containsExactlyInAnyOrder(Tuple.of(1, "1.0.0"), Tuple.of(2, "1.0.0"));
        assertThat(bench.table("starts").owner()).isEqualTo(owner(bundle));
    }

    @Test
    public void rowsAreKept_whenTheBundleIsStoppedAndStarted() throws Exception {
        Bundle bundle = bench.start(plugin("1.0.0"));

        bundle.stop();
        assertThat(bench.inEscrow("starts")).isTrue();
        bundle.start();

        assertThat(starts()).containsExactlyInAnyOrder(Tuple.of(1, "1.0.0"), Tuple.of(2, "1.0.0"));
    }

    @Test
    public void rowsAreKept_whenTheBundleIsUninstalledAndInstalledAgain() throws Exception {
        Bundle first = bench.start(plugin("1.0.0"));
        first.uninstall();
        bench.refresh(first);

        Bundle second = bench.start(plugin("3.0.0"));

        assertThat(second.getBundleId()).isNotEqualTo(first.getBundleId());
        assertThat(starts()).containsExactlyInAnyOrder(Tuple.of(1, "1.0.0"), Tuple.of(2, "3.0.0"));
        assertThat(bench.table("starts").owner()).isEqualTo(owner(second));
    }

    @Test
    public void claimingAgain_handsBackTheSameTable() throws Exception {
        Tables tables = bench.tablesOf(bench.bundle("owner"));
        Table first = tables.claim(TableSpec.of("claimed"));
        first.insert(Tuple.of("k", "v"));

        Table second = tables.claim(TableSpec.of("claimed"));

        second.insert(Tuple.of("k2", "v2"));
        first.insert(Tuple.of("k3", "v3"));
        assertThat(first.toList()).hasSize(3).hasSameElementsAs(second.toList());
    }

    @Test
    public void claimingAPlainTable_makesItOneThatGoesToEscrow() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(TableSpec.of("plain"));
        bench.tablesOf(owner).claim(TableSpec.of("plain"));

        owner.stop();

        assertThat(bench.inEscrow("plain")).isTrue();
    }

    @Test
    public void claimIsRefused_ofATableThatSomebodyElseOwns() throws Exception {
        Bundle owner = bench.bundle("owner");
        Bundle other = bench.bundle("other");
        bench.tablesOf(owner).claim(TableSpec.of("claimed"));

        assertThatThrownBy(() -> bench.tablesOf(other).claim(TableSpec.of("claimed")))
                .isInstanceOf(TableExistsException.class)
                .hasMessageContaining("'claimed'")
                .hasMessageContaining(owner(owner).toString())
                .hasMessageContaining(owner(other).toString());
        assertThat(bench.table("claimed").owner()).isEqualTo(owner(owner));
    }

    @Test
    public void claimIsRefused_ofATableThatSomebodyElseLeft() throws Exception {
        Bundle owner = bench.bundle("owner");
        Bundle other = bench.bundle("other");
        bench.tablesOf(owner).claim(TableSpec.of("claimed")).insert(Tuple.of("k", "v"));
        owner.stop();

        assertThatThrownBy(() -> bench.tablesOf(other).claim(TableSpec.of("claimed")))
                .isInstanceOf(TableExistsException.class)
                .hasMessageContaining("'claimed'")
                .hasMessageContaining(owner(owner).toString());
        assertThat(bench.inEscrow("claimed")).isTrue();
        assertThat(bench.tables().open("claimed").size()).isEqualTo(1);
    }

    @Test
    public void claimIsRefused_ifTypeOrKeyPositionDiffers() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).claim(TableSpec.of("claimed")).insert(Tuple.of("k", "v"));
        owner.stop();
        owner.start();
        Tables tables = bench.tablesOf(owner);

        assertThatThrownBy(() -> tables.claim(TableSpec.of("claimed").type(TableType.ORDERED_SET)))
                .isInstanceOf(TableExistsException.class)
                .hasMessageContaining("'claimed'");
        assertThatThrownBy(() -> tables.claim(TableSpec.of("claimed").keyPosition(1)))
                .isInstanceOf(TableExistsException.class);
        assertThatThrownBy(() -> tables.claim(TableSpec.of("claimed").engine("another")))
                .isInstanceOf(TableExistsException.class);
        assertThat(bench.inEscrow("claimed")).isTrue();
        assertThat(tables.claim(TableSpec.of("claimed")).toList()).containsExactly(Tuple.of("k", "v"));
    }

    @Test
    public void newTableIsRefused_ifItsEngineIsNotThere() throws Exception {
        Tables tables = bench.tablesOf(bench.bundle("owner"));

        assertThatThrownBy(() -> tables.claim(TableSpec.of("claimed").engine("steam")))
                .isInstanceOf(NoEngineException.class)
                .hasMessageContaining("'claimed'")
                .hasMessageContaining("'steam'");
        assertThatThrownBy(() -> tables.create(TableSpec.of("claimed").engine("steam")))
                .isInstanceOf(NoEngineException.class);
        assertThat(bench.exists("claimed")).isFalse();
    }

    @Test
    public void accessAndHeirOfTheNewSpec_arePutOnATableThatComesBack() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).claim(TableSpec.of("claimed"));
        owner.stop();
        owner.start();

        bench.tablesOf(owner)
                .claim(TableSpec.of("claimed").access(Access.PUBLIC).heir(Recipient.named("heir"), "gift"));

        assertThat(bench.table("claimed").access()).isEqualTo(Access.PUBLIC);
        assertThat(bench.table("claimed").heir()).isNotNull();
        bench.tables().open("claimed").insert(Tuple.of("k", "anybody writes"));
    }

    @Test
    public void processClaims_whatAnotherOfItsModuleLeft() throws Exception {
        Spawned first = bench.spawn();
        first.runs(self -> self.tables().claim(TableSpec.of("claimed")).insert(Tuple.of("k", "v")));
        first.killed();
        bench.start(Bench.puppets("other", "1.0.0"));
        Spawned stranger = bench.spawn(ProcessSpec.of("other"));
        Spawned second = bench.spawn();

        RuntimeException refusal = stranger.refused(self -> self.tables().claim(TableSpec.of("claimed")));
        second.runs(self -> self.tables().claim(TableSpec.of("claimed")).insert(Tuple.of("k2", "v2")));

        assertThat(refusal).isInstanceOf(TableExistsException.class).hasMessageContaining("'claimed'");
        assertThat(bench.tables().open("claimed").size()).isEqualTo(2);
        assertThat(bench.table("claimed").owner()).isEqualTo(owner(second));
    }

    @Test
    public void leftTableGoesToEscrow_fromWhereOnlyItsLeaverAndItsHeirClaimIt() throws Exception {
        Spawned heir = bench.spawn("heir");
        Bundle owner = bench.bundle("owner");
        Tables tables = bench.tablesOf(owner);
        Table old = tables.create(TableSpec.of("left").heir(Recipient.named("heir"), "gift"));
        old.insert(Tuple.of("k", "v"));

        old.leave();

        assertThat(bench.inEscrow("left")).isTrue();
        assertThat(heir.signals()).isEmpty();
        assertThatThrownBy(() -> old.insert(Tuple.of("too late"))).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> bench.tablesOf(bench.bundle("other")).claim(TableSpec.of("left")))
                .isInstanceOf(TableExistsException.class);
        tables.claim(TableSpec.of("left")).leave();
        heir.runs(self -> self.tables().claim(TableSpec.of("left")).insert(Tuple.of("k2", "v2")));
        assertThat(bench.tables().open("left").size()).isEqualTo(2);
    }

    @Test
    public void tableIsFound_asItIs() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(TableSpec.of("found").access(Access.PRIVATE));

        assertThat(bench.tables().find("found")).contains(bench.table("found"));
        assertThat(bench.tables().find("missing")).isEmpty();
    }

    @Test
    public void createIsRefused_ofANameThatIsTaken() throws Exception {
        Bundle owner = bench.bundle("owner");
        Bundle other = bench.bundle("other");
        bench.tablesOf(owner).create(TableSpec.of("taken")).insert(Tuple.of("k", "v"));

        assertThatThrownBy(() -> bench.tablesOf(other).create(TableSpec.of("taken")))
                .isInstanceOf(TableExistsException.class)
                .hasMessageContaining("'taken'")
                .hasMessageContaining(owner(owner).toString())
                .hasMessageContaining(owner(other).toString());
        assertThatThrownBy(() -> bench.tablesOf(owner).create(TableSpec.of("taken")))
                .isInstanceOf(TableExistsException.class);
        assertThat(bench.tables().open("taken").size()).isEqualTo(1);
    }
}
