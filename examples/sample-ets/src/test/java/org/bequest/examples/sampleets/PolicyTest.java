// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildExit;
import org.bequest.supervisor.Decision;
import org.junit.jupiter.api.Test;

/** What the session does not show: the times. */
final class PolicyTest {
    private static final ExitReason OOPS = new ExitReason.Crashed("oops", "");

    private final Policy policy = new Policy(new Reports());

    private Decision decision(ExitReason reason, long times) {
        return policy.decide(new ChildExit("foo", null, reason, times, times, Duration.ZERO));
    }

    @Test
    void workerIsForgotten_whenItHasDoneItsJob() {
        assertEquals(Decision.DELETE, decision(ExitReason.NORMAL, 1));
    }

    @Test
    void workerIsRestartedAfterThreeSeconds_whenItWasAskedToEnd() {
        assertEquals(Decision.restartAfter(Duration.ofSeconds(3)), decision(ExitReason.SHUTDOWN, 1));
    }

    @Test
    void workerIsRestartedAtOnce_whenItHasCrashed_butNotForEver() {
        assertEquals(Decision.RESTART, decision(OOPS, 1));
        assertEquals(Decision.RESTART, decision(OOPS, 99));
        assertEquals(Decision.STOP, decision(OOPS, 100));
    }
}
