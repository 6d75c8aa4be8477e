## SPDX-License-Identifier: Apache-2.0
package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import org.bequest.process.ExitReason;
import org.bequest.process.Processes;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.Container;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.RowsWatch;
import org.bequest.testkit.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The bundle as it was built, in a framework with Bequest. */
final class GreeterIT {
    private Container container;
    private Processes processes;
    private Bundle plugin;

    @BeforeEach
    void start() throws Exception {
        container = Container.start();
        processes = container.service(Processes.class);
        plugin = container.start(built());
        Wait.until("the greeter runs", () -> processes.whereis("greeter").isPresent());
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    private static PluginJar built() {
        return PluginJar.of(Path.of(System.getProperty("plugin.jar")));
    }

    private Object greet(String name) {
        return processes.call("greeter", name, Wait.LIMIT);
    }

    private Pid greeter() {
        return processes.whereis("greeter").orElseThrow();
    }

    @Test
    void guestsAreGreetedAndCounted() {
        assertEquals("Hello, Ada! Visit 1. Before you came nobody.", greet("Ada"));
        assertEquals("Hello, Ada! Visit 2. Before you came Ada.", greet("Ada"));
    }

    @Test
    void processGoesOnWithItsRows_whenThePluginIsUpdatedInPlace() throws Exception {
        greet("Ada");
        Pid pid = greeter();
        RowsWatch rows = RowsWatch.of(container.service(Tables.class), "guests");
        ClassLoaderWatch oldCode = ClassLoaderWatch.of(plugin);

        container.update(plugin, built().version("99.0.0"));

        rows.assertKept();
        assertEquals("Hello, Ada! Visit 2. Before you came Ada.", greet("Ada"));
        assertEquals(pid, greeter());
        oldCode.assertCollected();
    }

    @Test
    void processGoesOnWithItsRows_whenTheNextVersionComesBesideIt() throws Exception {
        greet("Ada");
        Pid pid = greeter();
        RowsWatch rows = RowsWatch.of(container.service(Tables.class), "guests");
        ClassLoaderWatch oldCode = ClassLoaderWatch.of(plugin);

        container.swap(plugin, built().version("99.0.0"));

        rows.assertKept();
        assertEquals("Hello, Ada! Visit 2. Before you came Ada.", greet("Ada"));
        assertEquals(pid, greeter());
        oldCode.assertCollected();
    }

    @Test
    void nextProcessHasTheRows_whenTheGreeterCrashes() {
        greet("Ada");
        Pid pid = greeter();
        RowsWatch rows = RowsWatch.of(container.service(Tables.class), "guests");

        processes.exit(pid, ExitReason.KILLED);

        Wait.until("another greeter runs", () -> processes.whereis("greeter").stream().anyMatch(now -> !now.equals(pid)));
        rows.assertKept();
        assertEquals("Hello, Ada! Visit 2. Before you came nobody.", greet("Ada"));
        assertNotEquals(pid, greeter());
    }
}
