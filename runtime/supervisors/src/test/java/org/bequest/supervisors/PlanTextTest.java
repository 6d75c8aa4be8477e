// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.supervisor.RestartPlan.after;
import static org.bequest.supervisor.RestartPlan.backoff;
import static org.bequest.supervisor.RestartPlan.delete;
import static org.bequest.supervisor.RestartPlan.immediately;
import static org.bequest.supervisor.RestartPlan.named;
import static org.bequest.supervisor.RestartPlan.stop;
import static org.bequest.supervisor.RestartPlan.upTo;
import static org.bequest.supervisor.RestartPlan.waitForOperator;

import java.time.Duration;
import java.util.Map;
import org.bequest.supervisor.RestartPlan;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static RestartPlan read(String text) {
        return PlanText.read(new Setting("plan", text));
    }

    @Test
    void plansAreWhatTheWordsSay() {
        Duration first = Duration.ofMillis(100);
        Duration cap = Duration.ofMillis(10_000);
        Map.of(
                        "immediately", immediately(),
                        " after  3000 ", after(Duration.ofSeconds(3)),
                        "backoff 100 10000", backoff(first, cap),
                        "up-to 5 backoff 100 10000 then wait", upTo(5, backoff(first, cap), waitForOperator()),
                        "up-to 2 immediately then up-to 3 after 1 then delete",
                                upTo(2, immediately(), upTo(3, after(Duration.ofMillis(1)), delete())),
                        "wait", waitForOperator(),
                        "delete", delete(),
                        "stop", stop(),
                        "named my-plan", named("my-plan"))
                .forEach((text, plan) -> assertThat(read(text)).as(text).isEqualTo(plan));
    }

    @Test
    void whatIsNoPlanIsRefused_withPropertyAndWord() {
        Map.of(
                        "never", "'never'",
                        "after", "a number of milliseconds is missing",
                        "after soon", "'soon'",
                        "immediately then wait", "'then'",
                        "up-to 5 wait", "then is missing",
                        "up-to 0 wait then wait", "at least 1",
                        "backoff 100 10", "cap")
                .forEach((text, problem) -> assertThatThrownBy(() -> read(text))
                        .as(text)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("plan must be a restart plan")
                        .hasMessageContaining(problem)
                        .hasMessageEndingWith("was '" + text + "'"));
    }
}
