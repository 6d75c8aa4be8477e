// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.time.Duration;
import org.bequest.process.ExitReason;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** What becomes of a child that has ended; what Director's {@code handle_exit} returns. Immutable. */
public sealed interface Decision {
    /** The child is started again at once. */
    Decision RESTART = new Restart();
    /** The child stays, without a process, until {@link Supervisor#restart}. */
    Decision WAIT = new Wait();
    /** The child is forgotten. */
    Decision DELETE = new Delete();
    /** The supervisor ends, with the child's reason. */
    Decision STOP = new Stop(null);

    /** The child is started again after that delay, which is not negative. */
    static Decision restartAfter(Duration delay) {
        return new RestartAfter(delay);
    }

    /** The supervisor ends with {@link ExitReason.Shutdown} of that detail, a term; null for {@link #STOP}. */
    static Decision stop(@Nullable Object detail) {
        return new Stop(detail);
    }

    /** {@code restart} */
    record Restart() implements Decision {}

    /** <code>{restart, Milliseconds}</code> */
    record RestartAfter(Duration delay) implements Decision {
        public RestartAfter {
            ChildSpec.notNegative("delay", delay);
        }
    }

    /** {@code wait} */
    record Wait() implements Decision {}

    /** {@code delete} */
    record Delete() implements Decision {}

    /**
     * {@code stop} or <code>{stop, Reason}</code>
     *
     * @param detail of the {@link ExitReason.Shutdown} that the supervisor ends with; null: it ends with the child's reason
     */
    record Stop(@Nullable Object detail) implements Decision {
        public Stop {
            detail = Terms.copyOf(detail);
        }
    }
}
