// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.supervisor.Crew.child;
import static org.bequest.supervisor.RestartPlan.after;
import static org.bequest.supervisor.RestartPlan.backoff;
import static org.bequest.supervisor.RestartPlan.byReason;
import static org.bequest.supervisor.RestartPlan.delete;
import static org.bequest.supervisor.RestartPlan.immediately;
import static org.bequest.supervisor.RestartPlan.upTo;
import static org.bequest.supervisor.RestartPlan.waitForOperator;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo.State;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.RestartPlan;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
import org.bequest.term.Pid;
import org.bequest.testkit.Wait;
import org.junit.Test;

/** The ready-made restart plans; those that only decide once are in {@link DirectorCrashIT}, D13 to D16. */
public class PlansIT extends SupervisorTest {
    private static final Duration STEP = Duration.ofMillis(200);

    private Supervisor supervisor(RestartPlan plan) {
        return start(SupervisorSpec.of("sup")
                .intensity(0, Duration.ofHours(1))
                .child(child("a").plan(plan), child("b")));
    }

    /** Crashes it, and returns how long it took until it ran again. */
    private Duration crashed(Supervisor sup, String id) {
        long begin = System.nanoTime();
        Pid before = pid(sup, id);
        crew.crash(before);
        follower(sup, id, before);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    public void immediately_isNotLimitedByTheIntensity() {
        Supervisor sup = supervisor(immediately());
        for (int i = 0; i < 10; i++) {
            crashed(sup, "a");
        }
        assertThat(sup.restarts("a")).isEqualTo(10);
    }

    @Test
    public void after_waitsEachTime() {
        Supervisor sup = supervisor(after(STEP));

        assertThat(crashed(sup, "a")).isGreaterThanOrEqualTo(STEP);
        assertThat(crashed(sup, "a")).isGreaterThanOrEqualTo(STEP);
    }

    @Test
    public void backoff_waitsLongerEachTime() {
        Supervisor sup = supervisor(backoff(STEP, STEP.multipliedBy(3)).jitter(0));

        assertThat(crashed(sup, "a")).isGreaterThanOrEqualTo(STEP);
        assertThat(crashed(sup, "a")).isGreaterThanOrEqualTo(STEP.multipliedBy(2));
        assertThat(crashed(sup, "a")).isGreaterThanOrEqualTo(STEP.multipliedBy(3));
    }

    @Test
    public void upTo_changesToTheSecondPlan() {
        Supervisor sup = supervisor(upTo(2, immediately(), waitForOperator()));
        crashed(sup, "a");
        crashed(sup, "a");

        crew.crash(pid(sup, "a"));

        untilState(sup, "a", State.DOWN);
        assertThat(sup.restarts("a")).isEqualTo(3);
    }

    @Test
    public void upTo_beginsAnewAfterAQuietTime() {
        Duration quiet = Duration.ofMillis(50);
        Supervisor sup = supervisor(upTo(1, immediately(), waitForOperator()).quiet(quiet));
        for (int i = 0; i < 5; i++) {
            crashed(sup, "a");
            long running = System.nanoTime();
            Wait.until("it has been quiet", () -> System.nanoTime() - running > 2 * quiet.toNanos());
        }
        assertThat(sup.restarts("a")).isEqualTo(5);
    }

    @Test
    public void byReason_tellsReasonsAndCrashesApart() {
        Supervisor sup = supervisor(byReason(immediately())
                .when(RestartPlan.Reason.SHUTDOWN, waitForOperator())
                .whenCrashed("IllegalState", delete()));
        Pid a = pid(sup, "a");

        kill(a);
        Pid next = follower(sup, "a", a);
        crew.leave(next, new ExitReason.Shutdown("for now"));
        untilState(sup, "a", State.DOWN);
        crew.crash(sup.restart("a").orElseThrow());
        Wait.until("a is forgotten", () -> sup.children().size() == 1);
    }

    @Test
    public void theSupervisorsPlanIsForChildrenWithoutOne() {
        Supervisor sup = start(SupervisorSpec.of("sup")
                .plan(waitForOperator())
                .child(
                        child("a").plan(immediately()),
                        child("b"),
                        ChildSpec.of("c").module(Crew.MODULE).argument("c")));

        crashed(sup, "a");
        crew.crash(pid(sup, "b"));

        untilState(sup, "b", State.DOWN);
        assertThat(state(sup, "c")).isEqualTo(State.RUNNING);
    }

    @Test
    public void aDelayedRestartInAGroupRestartsTheOthersWhenItsTimeHasCome() {
        Supervisor sup = start(SupervisorSpec.of("sup")
                .strategy(Strategy.ONE_FOR_ALL)
                .child(child("a").plan(after(STEP)), child("b")));
        Pid b = pid(sup, "b");

        assertThat(crashed(sup, "a")).isGreaterThanOrEqualTo(STEP);

        follower(sup, "b", b);
        assertThat(crew.diary())
                .containsExactly("started a", "started b", "stopped a", "stopped b", "started a", "started b");
    }

    @Test
    public void aDelayedRestartIsGivenUp_whenTheChildIsTerminated() {
        Supervisor sup = supervisor(after(STEP));
        crew.crash(pid(sup, "a"));
        untilState(sup, "a", State.RESTARTING);

        sup.terminate("a");
        crew.crash(sup.start(child("later").plan(after(STEP.multipliedBy(2)))).orElseThrow());
        Wait.until(
                "the time of both is over",
                () -> crew.diary().stream().filter("started later"::equals).count() == 2);

        assertThat(state(sup, "a")).isEqualTo(State.DOWN);
        assertThat(crew.diary().stream().filter("started a"::equals)).hasSize(1);
    }

    @Test
    public void aDelayGoesOn_whenTheSupervisorIsKilledMeanwhile() {
        bench.root()
                .start(ChildSpec.of(SupervisorSpec.of("sup").child(child("a").plan(after(Duration.ofSeconds(1))))));
        Supervisor sup = bench.supervisor("sup");
        Pid a = pid(sup, "a");
        long begin = System.nanoTime();
        crew.crash(a);
        untilState(sup, "a", State.RESTARTING);
        Pid before = sup.pid();

        kill(before);

        follower(bench.root(), "sup", before);
        Supervisor next = bench.supervisor("sup");
        follower(next, "a", a);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(next.restarts("a")).isEqualTo(1);
    }
}
