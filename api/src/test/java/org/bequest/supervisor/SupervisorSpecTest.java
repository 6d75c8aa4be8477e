// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.SupervisorException.Problem;
import org.bequest.term.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Supervisor specifications: what they say, and what is refused. */
class SupervisorSpecTest {
    private static final ChildSpec A = ChildSpec.of("a", "m");
    private static final ChildSpec B = ChildSpec.of("b", "m");

    private static void refused(SupervisorSpec supervisor, String... why) {
        assertThatThrownBy(supervisor::check)
                .isInstanceOfSatisfying(SupervisorException.class, refusal -> assertThat(refusal.problem())
                        .isEqualTo(Problem.BAD_SPEC))
                .hasMessageContainingAll(why);
    }

    private static SupervisorSpec with(String key, Object value) {
        Map<String, Object> terms =
                new HashMap<>(SupervisorSpec.of("s").child(A).toTerm());
        terms.put(key, value);
        return SupervisorSpec.ofTerm(terms);
    }

    @Test
    void unsaidHasItsDefault() {
        SupervisorSpec supervisor = SupervisorSpec.of("s");

        assertThat(supervisor.name()).isEqualTo("s");
        assertThat(supervisor.strategy()).isEqualTo(Strategy.ONE_FOR_ONE);
        assertThat(supervisor.intensity()).isEqualTo(1);
        assertThat(supervisor.period()).isEqualTo(Duration.ofSeconds(5));
        assertThat(supervisor.autoShutdown()).isEqualTo(AutoShutdown.NEVER);
        assertThat(supervisor.children()).isEmpty();
        assertThat(supervisor.defaults()).isEqualTo(ChildSpec.defaults());
        assertThat(supervisor.plan()).isNull();
        assertThat(supervisor.table()).isEqualTo("bequest.supervisor.s");
        assertThat(supervisor.shared()).isFalse();
        assertThat(supervisor.maxFailing()).isNull();
        assertThat(supervisor.process())
                .isEqualTo(new ProcessSpec(Supervisor.MODULE, supervisor.toTerm(), "s", ProcessSpec.FOREVER));
    }

    @Test
    void saidIsTold() {
        RestartPlan plan = RestartPlan.delete();
        SupervisorSpec supervisor = SupervisorSpec.of("s")
                .strategy(Strategy.REST_FOR_ONE)
                .intensity(SupervisorSpec.UNLIMITED, Duration.ofMillis(1))
                .autoShutdown(AutoShutdown.ALL_SIGNIFICANT)
                .child(A)
                .child(B)
                .defaults(ChildSpec.defaults().keep(true))
                .plan(plan)
                .sharing("t")
                .rollout(0);

        assertThat(supervisor.strategy()).isEqualTo(Strategy.REST_FOR_ONE);
        assertThat(supervisor.intensity()).isEqualTo(SupervisorSpec.UNLIMITED);
        assertThat(supervisor.period()).isEqualTo(Duration.ofMillis(1));
        assertThat(supervisor.autoShutdown()).isEqualTo(AutoShutdown.ALL_SIGNIFICANT);
        assertThat(supervisor.children()).containsExactly(A, B);
        assertThat(supervisor.defaults().keep()).isTrue();
        assertThat(supervisor.plan()).isEqualTo(plan);
        assertThat(supervisor.table()).isEqualTo("t");
        assertThat(supervisor.shared()).isTrue();
        assertThat(supervisor.maxFailing()).isZero();
    }

    @Test
    void d4_completesOnlyChildrenThatAppend() {
        SupervisorSpec supervisor =
                SupervisorSpec.of("s").defaults(ChildSpec.defaults().restart(Restart.TEMPORARY));

        assertThat(supervisor.complete(A)).isEqualTo(A);
        assertThat(supervisor.complete(A.append(true)).restart()).isEqualTo(Restart.TEMPORARY);
    }

    @Test
    void planIsForChildrenWithoutOne() {
        SupervisorSpec supervisor = SupervisorSpec.of("s")
                .plan(RestartPlan.stop())
                .defaults(ChildSpec.defaults().plan(RestartPlan.waitForOperator()));

        assertThat(supervisor.complete(A).plan()).isEqualTo(RestartPlan.stop());
        assertThat(supervisor.complete(A.append(true)).plan()).isEqualTo(RestartPlan.waitForOperator());
        assertThat(supervisor.complete(A.plan(RestartPlan.delete())).plan()).isEqualTo(RestartPlan.delete());
    }

    @Property(tries = 300)
    void specIsTheSameAfterItWasATerm(@ForAll("specs") SupervisorSpec spec) {
        Object term = spec.toTerm();

        assertThat(Terms.copyOf(term)).isEqualTo(term);
        assertThat(SupervisorSpec.ofTerm(term))
                .isEqualTo(spec)
                .hasSameHashCodeAs(spec)
                .hasToString(spec.toString());
        assertThat(SupervisorSpec.ofTerm(ChildSpec.of(spec).argument())).isEqualTo(spec);
    }

    @Test
    void whatALaterVersionSaysStays() {
        SupervisorSpec supervisor = with("colour", "red").strategy(Strategy.ONE_FOR_ALL);

        assertThat(supervisor.toTerm()).containsEntry("colour", "red");
        assertThatCode(supervisor::check).doesNotThrowAnyException();
    }

    @Test
    void d7_goodOnesPass() {
        assertThatCode(SupervisorSpec.of("s")::check).doesNotThrowAnyException();
        assertThatCode(SupervisorSpec.of("s").child(A, B)::check).doesNotThrowAnyException();
        assertThatCode(SupervisorSpec.of("s")
                        .child(ChildSpec.of(SupervisorSpec.of("under")), A)
                        .sharing("t")
                        .rollout(3)::check)
                .doesNotThrowAnyException();
        assertThatCode(SupervisorSpec.of("s")
                        .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                        .child(A)
                        .sharing("t")::check)
                .doesNotThrowAnyException();
    }

    @Test
    void d2_moduleMayBeTheDefaults() {
        SupervisorSpec supervisor =
                SupervisorSpec.of("s").child(ChildSpec.of("a").append(true));

        refused(supervisor, "'a'", "no module");
        assertThatCode(supervisor.defaults(ChildSpec.defaults().module("m"))::check)
                .doesNotThrowAnyException();
    }

    @Test
    void d2_idIsNeeded() {
        refused(SupervisorSpec.of("s").child(ChildSpec.defaults().module("m")), "'s'", "without an id");
    }

    @Test
    void d34_idIsUnique() {
        refused(SupervisorSpec.of("s").child(A, B, A), "'s'", "two children 'a'");
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void d2_badValueIsAnErrorThatShowsIt(Map.Entry<String, Object> bad) {
        refused(with(bad.getKey(), bad.getValue()), String.valueOf(bad.getValue()));
    }

    private static List<Map.Entry<String, Object>> badValues() {
        return List.of(
                Map.entry("strategy", "all_for_one"),
                Map.entry("strategy", 4711L),
                Map.entry("intensity", "often"),
                Map.entry("intensity", -1L),
                Map.entry("period", 4711L),
                Map.entry("period", Duration.ZERO),
                Map.entry("auto_shutdown", "perhaps"),
                Map.entry("children", "a"),
                Map.entry("defaults", "none"),
                Map.entry("plan", "hope"),
                Map.entry("table", 4711L),
                Map.entry("max_failing", "one"),
                Map.entry("max_failing", -1L));
    }

    @Test
    void d2_badChildIsAnErrorThatShowsIt() {
        refused(with("children", List.of("a")), "must be a map, was a");
        refused(with("children", List.of(Map.of("id", 4711L, "module", "m"))), "'id'", "4711");
        refused(with("children", List.of(Map.of("id", "a", "module", "m", "type", "w"))), "'type'", "'w'");
    }

    @Test
    void d2_numbersTooLargeAreAnError() {
        refused(with("intensity", 1L << 40), "'s'");
        refused(with("max_failing", 1L << 40), "'s'");
    }

    @Test
    void d2_badDefaultsAreAnError() {
        refused(with("defaults", Map.of("restart", "sometimes")).child(B.append(true)), "sometimes");
    }

    @Test
    void badCombination_simpleOneForOneHasOneChild() {
        SupervisorSpec simple = SupervisorSpec.of("s").strategy(Strategy.SIMPLE_ONE_FOR_ONE);

        refused(simple, "'s'", "one child specification, not 0");
        refused(simple.child(A, B), "'s'", "one child specification, not 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_FOR_ALL", "REST_FOR_ONE"})
    void badCombination_sharedTableAndSiblings(Strategy strategy) {
        refused(SupervisorSpec.of("s").sharing("t").strategy(strategy), "'s'", "'t'", strategy.name(), "ONE_FOR_ONE");
    }

    @Test
    void badCombination_significantChild() {
        ChildSpec significant = A.significant(true).restart(Restart.TEMPORARY);

        refused(SupervisorSpec.of("s").child(significant), "'a'", "autoShutdown");
        assertThatCode(SupervisorSpec.of("s")
                        .autoShutdown(AutoShutdown.ANY_SIGNIFICANT)
                        .child(significant)::check)
                .doesNotThrowAnyException();
    }

    @Test
    void aSupervisorHasAName() {
        for (Object junk : new Object[] {Map.of(), Map.of("name", 4711), Map.of("name", " "), "s", List.of()}) {
            assertThatIllegalArgumentException().as("%s", junk).isThrownBy(() -> SupervisorSpec.ofTerm(junk));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SupervisorSpec.of(""));
    }

    @Test
    void whatCannotBeIsRefused() {
        SupervisorSpec supervisor = SupervisorSpec.of("s");

        assertThatIllegalArgumentException().isThrownBy(() -> supervisor.intensity(-1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> supervisor.intensity(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> supervisor.rollout(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> supervisor.sharing(" "));
    }

    @Provide
    Arbitrary<SupervisorSpec> specs() {
        Arbitrary<SupervisorSpec> some = Combinators.combine(
                        Arbitraries.of(Strategy.class),
                        Arbitraries.of(AutoShutdown.class),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.of(
                                        A,
                                        B,
                                        ChildSpec.of(SupervisorSpec.of("under").child(A)))
                                .list()
                                .ofMaxSize(3),
                        ArbitraryPlans.plans())
                .as((strategy, autoShutdown, number, children, plan) -> SupervisorSpec.of("s")
                        .strategy(strategy)
                        .autoShutdown(autoShutdown)
                        .intensity(number, Duration.ofMillis(number + 1L))
                        .children(children)
                        .plan(plan)
                        .defaults(B)
                        .sharing("t")
                        .rollout(number));
        return Arbitraries.oneOf(some, Arbitraries.just(SupervisorSpec.of("s")));
    }
}
