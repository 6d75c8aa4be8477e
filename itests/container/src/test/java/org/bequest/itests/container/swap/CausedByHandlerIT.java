// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;
import static org.bequest.itests.container.kit.Spawned.failure;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.CallFailedException;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A handler brings about the swap of its own code: no deadlock, it finishes first. */
public class CausedByHandlerIT extends ContainerTest {
    private static <T> T unchecked(Callable<T> action) {
        try {
            return action.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The test's own class, for it is the handler that calls. */
    private Object update(Bundle plugin, String version) {
        return unchecked(() -> {
            bench.update(plugin, puppets(PUPPET, version));
            return "updated to " + version;
        });
    }

    @Test
    public void handlerUpdatesItsOwnBundle() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned deployer = bench.spawn();
        Spawned bystander = bench.spawn();

        Object reply = deployer.does(self -> {
            Object updated = update(plugin, "2.0.0");
            self.processes().cast(self.pid(), "sent from the old handler, after the update");
            return updated;
        });

        assertThat(reply).isEqualTo("updated to 2.0.0");
        assertThat(deployer.journal())
                .containsExactly(
                        "started 1.0.0", "resumed 2.0.0 from 1.0.0", "sent from the old handler, after the update");
        assertThat(bystander.journal()).containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0");
        assertThat(deployer.info().fenced()).isZero();
    }

    @Test
    public void handlerUpdatesItsOwnBundle_inABlockingModule() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0").header("Puppet-Blocking", "true"));
        Spawned deployer = bench.spawn();

        deployer.does(self -> update(plugin, "2.0.0"));

        assertThat(deployer.journal()).containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0");
        assertThat(deployer.info().fenced()).isZero();
    }

    @Test
    public void handlerInstallsAHigherVersion() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned deployer = bench.spawn();

        deployer.does(self -> unchecked(() -> bench.start(puppets(PUPPET, "2.0.0"))));

        assertThat(deployer.journal()).containsExactly("started 1.0.0", "resumed 2.0.0 from 1.0.0");
    }

    @Test
    public void handlerStopsItsOwnBundle_andIsSuspendedAfterwards() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned deployer = bench.spawn();

        Object reply = deployer.does(self -> unchecked(() -> {
            plugin.stop();
            return "stopped";
        }));

        assertThat(reply).isEqualTo("stopped");
        plugin.start();
        assertThat(deployer.journal()).containsExactly("started 1.0.0", "resumed 1.0.0 from 1.0.0");
    }

    @Test
    public void handlerUninstallsItsOwnBundle_andThenTheProcessEnds() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0"));
        Spawned deployer = bench.spawn();
        var ended = bench.processes().exited(deployer.pid());

        Object reply = deployer.does(self -> unchecked(() -> {
            plugin.uninstall();
            return "uninstalled";
        }));

        assertThat(reply).isEqualTo("uninstalled");
        assertThat(Wait.result(ended)).isEqualTo(new ExitReason.ModuleUninstalled(PUPPET, "plugin." + PUPPET));
    }

    @Test
    public void twoHandlersOfOneModule_updateItAtTheSameTime() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0").header("Puppet-Grace", "500"));
        Spawned one = bench.spawn();
        Spawned two = bench.spawn();

        CompletableFuture<Object> first = one.starts(self -> update(plugin, "2.0.0"));
        CompletableFuture<Object> second = two.starts(self -> update(plugin, "3.0.0"));
        Wait.until("both are answered", () -> first.isDone() && second.isDone());

        Wait.until("both run", () -> one.version().equals(two.version()));
        assertThat(one.version()).isIn("2.0.0", "3.0.0");
        assertThat(plugin.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void deployerThatIsCalledByTheModuleItUpdates_getsItsWay() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0").header("Puppet-Grace", "200"));
        bench.start(puppets("deployer", "1.0.0"));
        Spawned deployer = bench.spawn(ProcessSpec.of("deployer"));
        Spawned client = bench.spawn();

        // The client waits for the deployer, which waits for the client to come out of its handler: the grace time
        // decides.
        CompletableFuture<Object> call = client.starts(self -> deployer.does(other -> update(plugin, "2.0.0")));

        assertThat(failure(call)).isInstanceOf(CallFailedException.class);
        Wait.until("the client runs the new version", () -> client.version().equals("2.0.0"));
        assertThat(client.info().fenced()).isEqualTo(1);
    }
}
