// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.RestartPlan.Reason;

/** Restart plans of all kinds, in each other, up to three deep. */
final class ArbitraryPlans {
    private ArbitraryPlans() {}

    static Arbitrary<RestartPlan> plans() {
        return nested(3);
    }

    private static Arbitrary<RestartPlan> nested(int depth) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<RestartPlan> inner = Arbitraries.lazy(() -> nested(depth - 1));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, leaves()),
                net.jqwik.api.Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.longs().between(1, 20), inner, inner)
                                .as(RestartPlan::upTo)),
                net.jqwik.api.Tuple.of(
                        1,
                        Combinators.combine(cases(inner).list().ofMaxSize(3), inner)
                                .as((List<RestartPlan.Case> cases, RestartPlan otherwise) ->
                                        new RestartPlan.ByReason(cases, otherwise))));
    }

    private static Arbitrary<RestartPlan.Case> cases(Arbitrary<RestartPlan> inner) {
        return Combinators.combine(Arbitraries.of(Reason.class), Arbitraries.of("", "Memory", "x"), inner)
                .as((reason, text, plan) -> new RestartPlan.Case(reason, reason == Reason.CRASHED ? text : "", plan));
    }

    private static Arbitrary<RestartPlan> leaves() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        RestartPlan.immediately(),
                        RestartPlan.waitForOperator(),
                        RestartPlan.delete(),
                        RestartPlan.stop(),
                        RestartPlan.stop("enough"),
                        RestartPlan.stop(List.of(1, 2.0)),
                        RestartPlan.named("mine")),
                durations().map(RestartPlan::after),
                backoffs().map(backoff -> backoff));
    }

    static Arbitrary<RestartPlan.Backoff> backoffs() {
        return Combinators.combine(
                        durations(),
                        durations(),
                        Arbitraries.doubles().between(1, 100),
                        Arbitraries.doubles().between(0, 1),
                        durations())
                .as((one, other, factor, jitter, quiet) -> new RestartPlan.Backoff(
                        one.compareTo(other) < 0 ? one : other,
                        one.compareTo(other) < 0 ? other : one,
                        factor,
                        jitter,
                        quiet));
    }

    /** Positive ones, from a nanosecond to for ever. */
    private static Arbitrary<Duration> durations() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, Long.MAX_VALUE).map(Duration::ofNanos),
                Arbitraries.longs().between(1, 100_000).map(Duration::ofMillis),
                Arbitraries.of(Duration.ofNanos(1), Duration.ofDays(1_000_000), ProcessSpec.FOREVER));
    }
}
