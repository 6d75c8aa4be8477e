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
import org.bequest.term.NotATermException;
import org.bequest.term.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Child specifications: what they say, what they take from a default one, and what is refused. */
class ChildSpecTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void refused(ChildSpec child, String... why) {
        refused(child, AutoShutdown.NEVER, why);
    }

    private static void refused(ChildSpec child, AutoShutdown autoShutdown, String... why) {
        assertThatThrownBy(() -> child.check(autoShutdown))
                .isInstanceOfSatisfying(SupervisorException.class, refusal -> assertThat(refusal.problem())
                        .isEqualTo(Problem.BAD_SPEC))
                .hasMessageContainingAll(why);
    }

    private static ChildSpec with(String key, Object value) {
        Map<String, Object> terms = new HashMap<>(ChildSpec.of("a", "m").toTerm());
        terms.put(key, value);
        return ChildSpec.ofTerm(terms);
    }

    @Test
    void unsaidHasItsDefault() {
        ChildSpec child = ChildSpec.of("a", "m");

        assertThat(child.id()).isEqualTo("a");
        assertThat(child.process()).isEqualTo(ProcessSpec.of("m"));
        assertThat(child.restart()).isEqualTo(Restart.PERMANENT);
        assertThat(child.type()).isEqualTo(ChildType.WORKER);
        assertThat(child.significant()).isFalse();
        assertThat(child.modules()).isEmpty();
        assertThat(child.plan()).isNull();
        assertThat(child.keep()).isFalse();
        assertThat(child.append()).isFalse();
    }

    @Test
    void saidIsTold() {
        RestartPlan plan = RestartPlan.after(SECOND);
        ChildSpec child = ChildSpec.of("a", "m")
                .argument(List.of(1))
                .name("n")
                .absenceLimit(SECOND)
                .restart(Restart.TRANSIENT)
                .shutdown(ChildSpec.KILL)
                .type(ChildType.SUPERVISOR)
                .significant(true)
                .modules(List.of("m", "o"))
                .plan(plan)
                .keep(true)
                .append(true);

        assertThat(child.process()).isEqualTo(new ProcessSpec("m", List.of(1L), "n", SECOND));
        assertThat(child.restart()).isEqualTo(Restart.TRANSIENT);
        assertThat(child.shutdown()).isEqualTo(ChildSpec.KILL);
        assertThat(child.type()).isEqualTo(ChildType.SUPERVISOR);
        assertThat(child.significant()).isTrue();
        assertThat(child.modules()).containsExactly("m", "o");
        assertThat(child.plan()).isEqualTo(plan);
        assertThat(child.keep()).isTrue();
        assertThat(child.append()).isTrue();
    }

    @Test
    void d4_argumentsAreJoinedTheDefaultsFirst() {
        ChildSpec defaults = ChildSpec.defaults().module("m").argument(List.of(1, 2));
        ChildSpec child = ChildSpec.of("a").argument(List.of(3)).over(defaults);

        assertThat(child.id()).isEqualTo("a");
        assertThat(child.module()).isEqualTo("m");
        assertThat(child.argument()).isEqualTo(List.of(1L, 2L, 3L));
    }

    @Test
    void d4_argumentsThatAreMapsAreMergedTheChildsWin() {
        ChildSpec defaults = ChildSpec.defaults().argument(Map.of("a", 1, "b", 1));
        ChildSpec child = ChildSpec.of("a", "m").argument(Map.of("b", 2, "c", 2));

        assertThat(child.over(defaults).argument()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 2L));
    }

    @Test
    void d4_argumentsThatAreNotOfAKindAreNotJoined() {
        ChildSpec defaults = ChildSpec.defaults().argument(List.of(1));

        assertThat(ChildSpec.of("a", "m").argument("mine").over(defaults).argument())
                .isEqualTo("mine");
        assertThat(ChildSpec.of("a", "m").over(defaults).argument()).isEqualTo(List.of(1L));
    }

    @Test
    void d4_modulesAreJoined() {
        ChildSpec defaults = ChildSpec.defaults().modules(List.of("x"));

        assertThat(ChildSpec.of("a", "m").modules(List.of("y")).over(defaults).modules())
                .containsExactly("x", "y");
        assertThat(ChildSpec.of("a", "m").over(defaults).modules()).containsExactly("x");
    }

    @Test
    void d4_shutdownTimesAreNotAdded() {
        ChildSpec defaults = ChildSpec.defaults().shutdown(SECOND);

        assertThat(ChildSpec.of("a", "m").over(defaults).shutdown()).isEqualTo(SECOND);
        assertThat(ChildSpec.of("a", "m")
                        .shutdown(ChildSpec.KILL)
                        .over(defaults)
                        .shutdown())
                .isEqualTo(ChildSpec.KILL);
    }

    @Test
    void d5_whatTheChildSaysWins() {
        ChildSpec defaults = ChildSpec.defaults()
                .module("theirs")
                .type(ChildType.SUPERVISOR)
                .restart(Restart.TEMPORARY)
                .keep(true)
                .significant(true)
                .absenceLimit(SECOND)
                .plan(RestartPlan.delete());
        ChildSpec child = ChildSpec.of("a", "mine")
                .type(ChildType.WORKER)
                .restart(Restart.PERMANENT)
                .keep(false)
                .significant(false)
                .absenceLimit(ChildSpec.INFINITY)
                .plan(RestartPlan.stop());

        assertThat(child.over(defaults)).isEqualTo(child);
    }

    @Test
    void d5_nameAndIdAreTheChildsOwn() {
        ChildSpec defaults = ChildSpec.of("default").name("taken");

        assertThat(ChildSpec.of("a", "m").over(defaults)).isEqualTo(ChildSpec.of("a", "m"));
    }

    @Test
    void d6_stopsWithinFiveSecondsOrAsLongAsASupervisorNeeds() {
        assertThat(ChildSpec.of("a", "m").shutdown()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ChildSpec.of(SupervisorSpec.of("s")).shutdown()).isEqualTo(ChildSpec.INFINITY);
        assertThat(ChildSpec.of("a", "m").over(SupervisorSpec.of("s").defaults()))
                .isEqualTo(ChildSpec.of("a", "m"));
    }

    @Test
    void appendingEndsWithIt() {
        SupervisorSpec supervisor =
                SupervisorSpec.of("s").defaults(ChildSpec.defaults().module("m").argument(List.of(1)));
        ChildSpec once =
                supervisor.complete(ChildSpec.of("a").argument(List.of(2)).append(true));

        assertThat(once.argument()).isEqualTo(List.of(1L, 2L));
        assertThat(supervisor.complete(once)).isEqualTo(once);
    }

    @Test
    void appendingGoesOnToTheDefaultsOfTheDefault() {
        SupervisorSpec supervisor = SupervisorSpec.of("s")
                .defaults(ChildSpec.defaults().module("m").argument(List.of(1)))
                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                .child(ChildSpec.of("all").argument(List.of(2)).append(true));
        ChildSpec given = ChildSpec.defaults().argument(List.of(3));

        ChildSpec child = supervisor.complete(given.over(supervisor.children().get(0)));
        assertThat(child.module()).isEqualTo("m");
        assertThat(child.argument()).isEqualTo(List.of(1L, 2L, 3L));
    }

    @Test
    void supervisorIsAChild() {
        SupervisorSpec supervisor = SupervisorSpec.of("s").strategy(Strategy.ONE_FOR_ALL);
        ChildSpec child = ChildSpec.of(supervisor);

        assertThat(child.id()).isEqualTo("s");
        assertThat(child.type()).isEqualTo(ChildType.SUPERVISOR);
        assertThat(child.process())
                .isEqualTo(new ProcessSpec(Supervisor.MODULE, supervisor.toTerm(), "s", ProcessSpec.FOREVER));
        assertThat(SupervisorSpec.ofTerm(child.argument())).isEqualTo(supervisor);
    }

    @Property
    void specIsTheSameAfterItWasATerm(@ForAll("specs") ChildSpec spec) {
        Object term = spec.toTerm();

        assertThat(Terms.copyOf(term)).isEqualTo(term);
        assertThat(ChildSpec.ofTerm(term))
                .isEqualTo(spec)
                .hasSameHashCodeAs(spec)
                .hasToString(spec.toString());
    }

    @Property
    void nothingIsTakenFromNoDefaults(@ForAll("specs") ChildSpec spec) {
        assertThat(spec.over(ChildSpec.defaults()).append(spec.append())).isEqualTo(spec.append(spec.append()));
    }

    @Test
    void whatALaterVersionSaysStays() {
        ChildSpec child = with("colour", "red").restart(Restart.TEMPORARY);

        assertThat(child.toTerm()).containsEntry("colour", "red");
        assertThat(child.over(ChildSpec.defaults()).toTerm()).containsEntry("colour", "red");
        assertThat(ChildSpec.of("a", "m").over(child).toTerm()).containsEntry("colour", "red");
        assertThatCode(() -> child.check(AutoShutdown.NEVER)).doesNotThrowAnyException();
    }

    @Test
    void d2_d7_goodOnesPass() {
        assertThatCode(() -> ChildSpec.of("a", "no such module").check(AutoShutdown.NEVER))
                .doesNotThrowAnyException();
        assertThatCode(() -> ChildSpec.of("a", "m")
                        .significant(true)
                        .restart(Restart.TRANSIENT)
                        .check(AutoShutdown.ANY_SIGNIFICANT))
                .doesNotThrowAnyException();
    }

    @Test
    void d2_missingModuleIsAnError() {
        refused(ChildSpec.of("a"), "'a'", "no module", "append()");
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void d2_badValueIsAnErrorThatShowsIt(Map.Entry<String, Object> bad) {
        refused(with(bad.getKey(), bad.getValue()), String.valueOf(bad.getValue()));
    }

    private static List<Map.Entry<String, Object>> badValues() {
        return List.of(
                Map.entry("id", 4711L),
                Map.entry("module", 4711L),
                Map.entry("module", " "),
                Map.entry("name", 4711L),
                Map.entry("absence_limit", 4711L),
                Map.entry("absence_limit", Duration.ofSeconds(-1)),
                Map.entry("restart", "sometimes"),
                Map.entry("restart", 4711L),
                Map.entry("shutdown", 4711L),
                Map.entry("shutdown", Duration.ofSeconds(-1)),
                Map.entry("type", "sup"),
                Map.entry("significant", "yes"),
                Map.entry("modules", "m"),
                Map.entry("modules", List.of(4711L)),
                Map.entry("plan", "hope"),
                Map.entry("keep", 4711L),
                Map.entry("append", 4711L));
    }

    @Test
    void badWordsAreToldWithTheGoodOnes() {
        refused(with("restart", "sometimes"), "'restart'", "PERMANENT", "TRANSIENT", "TEMPORARY", "'sometimes'");
    }

    @Test
    void badCombination_significantWithoutAutoShutdown() {
        refused(
                ChildSpec.of("a", "m").significant(true).restart(Restart.TRANSIENT),
                AutoShutdown.NEVER,
                "'a'",
                "significant",
                "autoShutdown");
    }

    @Test
    void badCombination_significantAndPermanent() {
        refused(ChildSpec.of("a", "m").significant(true), AutoShutdown.ANY_SIGNIFICANT, "'a'", "permanent");
    }

    @Test
    void d2_noMapIsNoSpecification() {
        for (Object junk : new Object[] {null, 1, "child", List.of()}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ChildSpec.ofTerm(junk))
                    .withMessageContaining("must be a map");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChildSpec.ofTerm(Map.of(1, "a")))
                .withMessageContaining("must be texts");
        assertThatThrownBy(() -> ChildSpec.ofTerm(new Object())).isInstanceOf(NotATermException.class);
    }

    @Test
    void nullIsUnsaid() {
        Map<String, Object> terms = new HashMap<>();
        terms.put("id", "a");
        terms.put("argument", null);

        assertThat(ChildSpec.ofTerm(terms)).isEqualTo(ChildSpec.of("a"));
        assertThat(ChildSpec.of("a").argument(1).argument(null)).isEqualTo(ChildSpec.of("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void blankIsRefused(String blank) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChildSpec.of(blank));
        assertThatIllegalArgumentException().isThrownBy(() -> ChildSpec.of("a", blank));
        assertThatIllegalArgumentException().isThrownBy(() -> ChildSpec.of("a").name(blank));
    }

    @Test
    void whatIsNoTermIsRefused() {
        assertThatThrownBy(() -> ChildSpec.of("a").argument(new Object())).isInstanceOf(NotATermException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> ChildSpec.of("a").shutdown(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ChildSpec.of("a").absenceLimit(Duration.ofSeconds(-1)));
    }

    @Provide
    Arbitrary<ChildSpec> specs() {
        Arbitrary<ChildSpec> some = Combinators.combine(
                        Arbitraries.of(ChildSpec.defaults(), ChildSpec.of("a"), ChildSpec.of("b", "m")),
                        Arbitraries.of(null, 1, "x", List.of(1), Map.of("k", 1)),
                        Arbitraries.of(Restart.class),
                        Arbitraries.of(ChildType.class),
                        Arbitraries.of(ChildSpec.KILL, ChildSpec.INFINITY, SECOND),
                        Arbitraries.of(true, false),
                        ArbitraryPlans.plans())
                .as((spec, argument, restart, type, shutdown, flag, plan) -> spec.argument(argument)
                        .restart(restart)
                        .type(type)
                        .shutdown(shutdown)
                        .append(flag)
                        .keep(!flag)
                        .plan(plan)
                        .modules(List.of("m", "n")));
        return Arbitraries.oneOf(some, Arbitraries.of(ChildSpec.defaults(), ChildSpec.of("a"), ChildSpec.of("b", "m")));
    }
}
