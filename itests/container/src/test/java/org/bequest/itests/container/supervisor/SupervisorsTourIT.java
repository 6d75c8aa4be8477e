// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.supervisor.RestartPlan.backoff;
import static org.bequest.supervisor.RestartPlan.byReason;
import static org.bequest.supervisor.RestartPlan.delete;
import static org.bequest.supervisor.RestartPlan.upTo;
import static org.bequest.supervisor.RestartPlan.waitForOperator;

import java.time.Duration;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.RestartPlan.Reason;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.junit.Test;

/** The code of {@code docs/supervisors.md}. */
public class SupervisorsTourIT extends SupervisorTest {
    @Test
    public void aTree() {
        Supervisor root = bench.root();
        // tag::tree[]
        SupervisorSpec carts = SupervisorSpec.of("carts")
                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                .child(ChildSpec.of("cart", "crew").restart(Restart.TEMPORARY));
        SupervisorSpec shop = SupervisorSpec.of("shop")
                .strategy(Strategy.REST_FOR_ONE)
                .intensity(3, Duration.ofSeconds(10))
                .child(ChildSpec.of("stock", "crew").shutdown(Duration.ofSeconds(1)), ChildSpec.of(carts));

        root.start(ChildSpec.of(shop));
        // end::tree[]

        Pid cart = bench.supervisor("carts").startWith("of Joe").orElseThrow();
        assertThat(crew.argument(cart)).isEqualTo("of Joe");
        assertThat(bench.supervisor("shop").pids()).containsOnlyKeys("stock", "carts");
    }

    @Test
    public void aPlan() {
        // tag::plan[]
        RestartPlan plan = byReason(upTo(10, backoff(Duration.ofMillis(100), Duration.ofMinutes(1)), waitForOperator()))
                .when(Reason.NORMAL, delete())
                .whenCrashed("OutOfMemoryError", waitForOperator());
        // end::plan[]
        Supervisor sup = start(SupervisorSpec.of("sup").plan(plan).child(Crew.child("a")));
        crew.tell(pid(sup, "a"), self -> {
            throw new OutOfMemoryError("as asked");
        });
        untilState(sup, "a", State.DOWN);
    }
}
