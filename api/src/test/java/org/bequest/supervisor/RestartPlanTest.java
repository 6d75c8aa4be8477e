// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.bequest.supervisor.RestartPlan.after;
import static org.bequest.supervisor.RestartPlan.backoff;
import static org.bequest.supervisor.RestartPlan.byReason;
import static org.bequest.supervisor.RestartPlan.delete;
import static org.bequest.supervisor.RestartPlan.immediately;
import static org.bequest.supervisor.RestartPlan.named;
import static org.bequest.supervisor.RestartPlan.stop;
import static org.bequest.supervisor.RestartPlan.upTo;
import static org.bequest.supervisor.RestartPlan.waitForOperator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.RestartPlan.Backoff;
import org.bequest.supervisor.RestartPlan.ByReason;
import org.bequest.supervisor.RestartPlan.Reason;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each plan decides, and that plans are data. */
class RestartPlanTest {
    private static final Duration MS = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Decision decide(RestartPlan plan, ChildExit exit) {
        return plan.decide(exit, () -> 0.5);
    }

    @Test
    void d13_restartsAtOnceOrAfterADelay() {
        assertThat(decide(immediately(), Exits.inARow(1000))).isEqualTo(Decision.RESTART);
        assertThat(decide(after(SECOND), Exits.inARow(1000))).isEqualTo(new Decision.RestartAfter(SECOND));
    }

    @Test
    void d14_waitsDeletesOrStops() {
        assertThat(decide(waitForOperator(), Exits.inARow(1))).isEqualTo(Decision.WAIT);
        assertThat(decide(delete(), Exits.inARow(1))).isEqualTo(Decision.DELETE);
        assertThat(decide(stop(), Exits.inARow(1))).isEqualTo(Decision.STOP);
        assertThat(decide(stop("enough"), Exits.inARow(1))).isEqualTo(new Decision.Stop("enough"));
    }

    @Test
    void d15_samplePolicyCanBeSaid() {
        RestartPlan sample =
                byReason(upTo(99, after(Duration.ofSeconds(3)), stop())).when(Reason.NORMAL, delete());

        assertThat(decide(sample, Exits.of(ExitReason.NORMAL))).isEqualTo(Decision.DELETE);
        assertThat(decide(sample, Exits.inARow(99))).isEqualTo(Decision.restartAfter(Duration.ofSeconds(3)));
        assertThat(decide(sample, Exits.inARow(100))).isEqualTo(Decision.STOP);
    }

    @Test
    void backoffDoublesUpToTheCap() {
        RestartPlan plan = backoff(SECOND, Duration.ofSeconds(10)).jitter(0);

        assertThat(LongStream.of(1, 2, 3, 4, 5, 6, Long.MAX_VALUE)
                        .mapToObj(streak -> decide(plan, Exits.inARow(streak))))
                .containsExactly(
                        Decision.restartAfter(Duration.ofSeconds(1)),
                        Decision.restartAfter(Duration.ofSeconds(2)),
                        Decision.restartAfter(Duration.ofSeconds(4)),
                        Decision.restartAfter(Duration.ofSeconds(8)),
                        Decision.restartAfter(Duration.ofSeconds(10)),
                        Decision.restartAfter(Duration.ofSeconds(10)),
                        Decision.restartAfter(Duration.ofSeconds(10)));
    }

    @Test
    void backoffStartsAnewAfterTwiceItsCapAndNotWithinAMinute() {
        assertThat(backoff(MS, SECOND).quiet()).isEqualTo(MINUTE);
        assertThat(backoff(MS, MINUTE).quiet()).isEqualTo(Duration.ofMinutes(2));
        assertThat(backoff(MS, MINUTE).quiet(SECOND).quiet()).isEqualTo(SECOND);
        assertThat(backoff(MS, ProcessSpec.FOREVER).quiet()).isEqualTo(ProcessSpec.FOREVER);
    }

    @Property
    void backoffIsNeverBeyondItsCap(
            @ForAll("backoffs") Backoff plan,
            @ForAll @LongRange(min = 1) long streak,
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double random) {
        Duration delay = delay(plan, streak, random);

        assertThat(delay).isBetween(Duration.ZERO, plan.cap());
    }

    @Property
    void backoffIsWithinItsJitter(
            @ForAll @LongRange(min = 1, max = 100_000) long first,
            @ForAll @LongRange(min = 1, max = 10) long streak,
            @ForAll @DoubleRange(min = 1, max = 3) double factor,
            @ForAll @DoubleRange(max = 1) double jitter,
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double random) {
        Backoff plan = backoff(Duration.ofMillis(first), Duration.ofDays(365_000))
                .factor(factor)
                .jitter(jitter);
        double regular = first * 1e6 * Math.pow(factor, streak - 1);

        assertThat((double) delay(plan, streak, random).toNanos())
                .isBetween(regular * (1 - jitter) - 2, regular * (1 + jitter) + 2);
    }

    @Property
    void backoffNeverShrinksWithinARow(
            @ForAll("backoffs") Backoff plan, @ForAll @LongRange(min = 1, max = 1000) long n) {
        assertThat(delay(plan, n + 1, 0.5)).isGreaterThanOrEqualTo(delay(plan, n, 0.5));
    }

    @Property
    void backoffIsTheFirstAgainWhenTheRowIsOver(@ForAll @LongRange(min = 1) long restarts) {
        RestartPlan plan = backoff(SECOND, MINUTE).jitter(0);
        ChildExit exit = new ChildExit("a", null, Exits.CRASH, restarts, 1, plan.quiet());

        assertThat(decide(plan, exit)).isEqualTo(Decision.restartAfter(SECOND));
    }

    private static Duration delay(RestartPlan plan, long streak, double random) {
        return ((Decision.RestartAfter) plan.decide(Exits.inARow(streak), () -> random)).delay();
    }

    @Test
    void upToGivesUpAfterN() {
        RestartPlan plan = upTo(2, immediately(), waitForOperator());

        assertThat(LongStream.rangeClosed(1, 4).mapToObj(streak -> decide(plan, Exits.inARow(streak))))
                .containsExactly(Decision.RESTART, Decision.RESTART, Decision.WAIT, Decision.WAIT);
    }

    @Test
    void upToCountsAnewForTheSecondPlan() {
        RestartPlan plan =
                upTo(2, immediately(), upTo(2, backoff(SECOND, MINUTE).jitter(0), stop()));

        assertThat(LongStream.rangeClosed(1, 5).mapToObj(streak -> decide(plan, Exits.inARow(streak))))
                .containsExactly(
                        Decision.RESTART,
                        Decision.RESTART,
                        Decision.restartAfter(SECOND),
                        Decision.restartAfter(Duration.ofSeconds(2)),
                        Decision.STOP);
    }

    @Test
    void quietIsTheLongestInside() {
        RestartPlan minute = backoff(MS, SECOND);
        RestartPlan hour = backoff(MS, SECOND).quiet(Duration.ofHours(1));

        assertThat(immediately().quiet()).isEqualTo(ProcessSpec.FOREVER);
        assertThat(named("mine").quiet()).isEqualTo(ProcessSpec.FOREVER);
        assertThat(upTo(3, immediately(), stop()).quiet()).isEqualTo(ProcessSpec.FOREVER);
        assertThat(upTo(3, immediately(), stop()).quiet(SECOND).quiet()).isEqualTo(SECOND);
        assertThat(upTo(3, minute, stop()).quiet()).isEqualTo(MINUTE);
        assertThat(upTo(3, minute, hour).quiet()).isEqualTo(Duration.ofHours(1));
        assertThat(byReason(minute).when(Reason.KILLED, hour).quiet()).isEqualTo(Duration.ofHours(1));
        assertThat(byReason(immediately()).when(Reason.KILLED, minute).quiet()).isEqualTo(MINUTE);
    }

    @Test
    void everyReasonHasItsKind() {
        assertThat(Exits.REASONS.stream().map(Reason::of)).containsExactly(Reason.values());
        assertThat(Reason.values()).hasSameSizeAs(ExitReason.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void byReasonTakesTheCaseOfThatReason(ExitReason reason) {
        RestartPlan plan = byReason(stop()).when(Reason.of(reason), delete());

        for (ExitReason other : Exits.REASONS) {
            assertThat(decide(plan, Exits.of(other))).isEqualTo(other == reason ? Decision.DELETE : Decision.STOP);
        }
    }

    private static List<ExitReason> reasons() {
        return Exits.REASONS;
    }

    @Test
    void byReasonTakesTheFirstCaseThatFits() {
        ByReason memory = byReason(stop()).whenCrashed("OutOfMemory", waitForOperator());
        ChildExit other = Exits.of(new ExitReason.Crashed("java.io.IOException", "OutOfMemory"));

        assertThat(decide(memory.when(Reason.CRASHED, delete()), Exits.inARow(1)))
                .isEqualTo(Decision.WAIT);
        assertThat(decide(memory.when(Reason.CRASHED, delete()), other)).isEqualTo(Decision.DELETE);
        assertThat(decide(memory, other)).isEqualTo(Decision.STOP);
        assertThat(decide(
                        byReason(stop()).when(Reason.CRASHED, delete()).whenCrashed("OutOfMemory", waitForOperator()),
                        Exits.inARow(1)))
                .isEqualTo(Decision.DELETE);
    }

    @Test
    void namedLeavesItToAService() {
        RestartPlan plan = named("mine");

        assertThat(plan.delegate(Exits.inARow(1))).isEqualTo("mine");
        assertThatIllegalStateException()
                .isThrownBy(() -> decide(plan, Exits.inARow(1)))
                .withMessageContaining("bequest.plan=mine");
    }

    @Test
    void namedIsFoundInsideOfOthers() {
        RestartPlan plan =
                byReason(upTo(1, immediately(), upTo(1, named("a"), delete()))).when(Reason.KILLED, named("b"));

        assertThat(plan.delegate(Exits.inARow(1))).isNull();
        assertThat(plan.delegate(Exits.inARow(2))).isEqualTo("a");
        assertThat(plan.delegate(Exits.inARow(3))).isNull();
        assertThat(plan.delegate(Exits.of(ExitReason.KILLED))).isEqualTo("b");
    }

    @Property
    void eitherThePlanDecidesOrAService(
            @ForAll("plans") RestartPlan plan, @ForAll @LongRange(min = 1, max = 50) long streak) {
        for (ExitReason reason : Exits.REASONS) {
            ChildExit exit = Exits.of(reason, streak);
            if (plan.delegate(exit) == null) {
                assertThat(decide(plan, exit)).isNotNull().isEqualTo(decide(plan, exit));
            } else {
                assertThatIllegalStateException().isThrownBy(() -> decide(plan, exit));
            }
        }
    }

    @Property
    void planIsTheSameAfterItWasATerm(@ForAll("plans") RestartPlan plan) {
        Object term = plan.toTerm();

        assertThat(Terms.isTerm(term)).isTrue();
        assertThat(RestartPlan.ofTerm(term)).isEqualTo(plan);
    }

    @Test
    void termsAreForPeopleToReadToo() {
        assertThat(after(SECOND).toTerm()).isEqualTo(Tuple.of("after", SECOND));
        assertThat(backoff(MS, SECOND).toTerm()).isEqualTo(Tuple.of("backoff", MS, SECOND, 2.0, 0.2, MINUTE));
        assertThat(byReason(stop()).whenCrashed("x", delete()).toTerm())
                .isEqualTo(Tuple.of(
                        "by_reason", List.of(Tuple.of("crashed", "x", Tuple.of("delete"))), Tuple.of("stop", (Object)
                                null)));
    }

    @Test
    void junkIsNoPlan() {
        for (Object junk : Arrays.asList(
                null,
                "delete",
                1L,
                Map.of(),
                List.of("delete"),
                Tuple.of(),
                Tuple.of(1),
                Tuple.of("no such plan"),
                Tuple.of("delete", 1),
                Tuple.of("after"),
                Tuple.of("after", 5),
                Tuple.of("after", (Object) null),
                Tuple.of("after", Duration.ofSeconds(-1)),
                Tuple.of("backoff", MS, SECOND),
                Tuple.of("backoff", SECOND, MS, 2.0, 0.2, SECOND),
                Tuple.of("backoff", MS, SECOND, 2, 0.2, SECOND),
                Tuple.of("up_to", 0, Tuple.of("delete"), Tuple.of("delete"), SECOND),
                Tuple.of("up_to", 1, Tuple.of("delete"), "delete", SECOND),
                Tuple.of("by_reason", "none", Tuple.of("delete")),
                Tuple.of("by_reason", List.of("none"), Tuple.of("delete")),
                Tuple.of("by_reason", List.of(Tuple.of("bored", "", Tuple.of("delete"))), Tuple.of("delete")),
                Tuple.of("by_reason", List.of(Tuple.of("killed", "x", Tuple.of("delete"))), Tuple.of("delete")),
                Tuple.of("named", 7),
                Tuple.of("named", " "))) {
            assertThatIllegalArgumentException()
                    .as("%s", junk)
                    .isThrownBy(() -> RestartPlan.ofTerm(junk))
                    .withMessageNotContaining("enum");
        }
    }

    @Test
    void junkIsShownInTheError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestartPlan.ofTerm(Tuple.of("no such plan")))
                .withMessageContaining("no such plan");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> after(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff(Duration.ZERO, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff(MINUTE, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(MS, SECOND).factor(0.9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(MS, SECOND).factor(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(MS, SECOND).jitter(1.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(MS, SECOND).jitter(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(MS, SECOND).quiet(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> upTo(0, immediately(), stop()));
        assertThatIllegalArgumentException().isThrownBy(() -> named(""));
        assertThatIllegalArgumentException().isThrownBy(() -> stop(new Object()));
        assertThatNullPointerException().isThrownBy(() -> stop(null));
        assertThatIllegalArgumentException().isThrownBy(() -> Decision.restartAfter(Duration.ofSeconds(-1)));
    }

    @Provide
    Arbitrary<RestartPlan> plans() {
        return ArbitraryPlans.plans();
    }

    @Provide
    Arbitrary<Backoff> backoffs() {
        return ArbitraryPlans.backoffs();
    }
}
