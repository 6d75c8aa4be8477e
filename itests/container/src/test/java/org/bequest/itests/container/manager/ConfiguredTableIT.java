// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.Hashtable;
import java.util.Map;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Inbox;
import org.bequest.itests.container.kit.Log;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.table.Access;
import org.bequest.table.ManagedTable;
import org.bequest.table.Recipient;
import org.bequest.table.TableManager;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Managed tables that are declared through Config Admin. */
public class ConfiguredTableIT extends ContainerTest {
    private ConfigurationAdmin admin() {
        return bench.container().service(ConfigurationAdmin.class);
    }

    private Configuration configure(Map<String, Object> properties) throws Exception {
        Configuration configuration = admin().createFactoryConfiguration(TableManager.FACTORY_PID, null);
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }

    private void waitForDuty(String table) {
        Wait.until(table + " is managed", () -> bench.manager().managed().stream()
                .anyMatch(duty -> duty.table().name().equals(table)));
    }

    @After
    public void deleteAll() throws Exception {
        Configuration[] left = admin().listConfigurations("(service.factoryPid=" + TableManager.FACTORY_PID + ")");
        if (left != null) {
            for (Configuration configuration : left) {
                configuration.delete();
            }
        }
        Wait.until("no duty is left", () -> bench.manager().managed().isEmpty());
    }

    @Test
    public void declaredTableIsKept_asItIsDeclared() throws Exception {
        configure(Map.of(
                "name", "declared",
                "holder", "holder",
                "type", "ordered_set",
                "access", "PUBLIC",
                "key.position", "1",
                "gift", "from the configuration"));
        waitForDuty("declared");

        Spawned holder = bench.spawn("holder");

        Wait.until("the holder has it", () -> bench.table("declared").owner().equals(owner(holder)));
        assertThat(holder.transfer().gift()).isEqualTo("from the configuration");
        assertThat(bench.manager().managed())
                .containsExactly(new ManagedTable(
                        TableSpec.of("declared")
                                .type(TableType.ORDERED_SET)
                                .access(Access.PUBLIC)
                                .keyPosition(1),
                        Recipient.named("holder"),
                        "from the configuration"));
    }

    @Test
    public void declaredTableMayBeForABundle() throws Exception {
        configure(Map.of("name", "declared", "holder.bundle", "holder"));
        waitForDuty("declared");

        Bundle bundle = bench.bundle("holder");
        Inbox inbox = Inbox.of(bundle);
        bench.tablesOf(bundle);

        assertThat(inbox.next().table().name()).isEqualTo("declared");
    }

    @Test
    public void dutyEnds_whenItsConfigurationIsDeleted_andTheRowsStay() throws Exception {
        Configuration configuration = configure(Map.of("name", "declared", "holder", "holder"));
        waitForDuty("declared");
        Spawned holder = bench.spawn("holder");
        Wait.until("the holder has it", () -> bench.table("declared").owner().equals(owner(holder)));
        holder.runs(self -> self.tables().open("declared").insert(Tuple.of("row")));

        configuration.delete();

        Wait.until("the duty has ended", () -> bench.manager().managed().isEmpty());
        holder.killed();
        Wait.until("it is in escrow", () -> bench.inEscrow("declared"));
        assertThat(bench.table("declared").size()).isEqualTo(1);
    }

    @Test
    public void declaredTableIsKept_throughUpdatesAndCrashesOfTheManager() throws Exception {
        configure(Map.of("name", "declared", "holder", "holder"));
        waitForDuty("declared");

        bench.shipped("org.bequest.tables.manager").update();
        bench.processes().exit(bench.processes().whereis(TableManager.NAME).orElseThrow(), ExitReason.KILLED);

        Spawned holder = bench.spawn("holder");
        Wait.until(
                "the holder has it",
                () -> bench.exists("declared")
                        && bench.table("declared").owner().equals(owner(holder)));
    }

    @Test
    public void wrongConfigurationChangesNothing_andIsReported() throws Exception {
        try (Log log = Log.open()) {
            configure(Map.of("name", "both", "holder", "holder", "holder.bundle", "holder"));
            configure(Map.of("name", "mistyped", "holder", "holder", "type", "heap of rows"));
            configure(Map.of("holder", "holder"));

            Wait.until(
                    "all three are reported",
                    () -> log.text().contains("holder.bundle")
                            && log.text().contains("heap of rows")
                            && log.text().contains("name must be set"));
        }
        assertThat(bench.manager().managed()).isEmpty();
        assertThat(bench.exists("both")).isFalse();
        assertThat(bench.exists("mistyped")).isFalse();
    }
}
