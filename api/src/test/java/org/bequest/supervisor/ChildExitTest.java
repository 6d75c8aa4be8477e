// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.junit.jupiter.api.Test;

/** What a plan is told. */
class ChildExitTest {
    @Test
    void d12_countsFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChildExit("a", null, ExitReason.NORMAL, 0, 1, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChildExit("a", null, ExitReason.NORMAL, 1, 0, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChildExit("a", null, ExitReason.NORMAL, 1, 1, Duration.ofSeconds(-1)));
    }

    @Test
    void aCustomPlanMayAskAReadyMadeOne() throws Exception {
        CustomPlan plan = exit -> exit.reason().expected()
                ? Decision.DELETE
                : RestartPlan.immediately().decide(exit, Math::random);

        assertThat(plan.decide(Exits.of(ExitReason.NORMAL))).isEqualTo(Decision.DELETE);
        assertThat(plan.decide(Exits.inARow(3))).isEqualTo(Decision.RESTART);
    }
}
