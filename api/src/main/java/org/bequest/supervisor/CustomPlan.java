// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A plugin's own restart plan, an OSGi service that {@link RestartPlan#named} asks by its name; Director's
 * {@code handle_exit}. Of several services of one name the one with the highest ranking is asked. It is looked for at each
 * exit, so that its bundle may be replaced.
 *
 * <p>A plan cannot harm the supervisor: if it throws, answers null, is late or is not there, that is reported, and the
 * child is restarted at once.
 *
 * <p>Threads: {@link #decide} may be called by any thread, and by several at a time.
 */
@ConsumerType
@FunctionalInterface
public interface CustomPlan {
    /** Service property: the plan's name, a string. Required. */
    String PLAN = "bequest.plan";

    /** How long {@link #decide} may take: 1 second. What it answers later is not heard. */
    Duration LIMIT = Duration.ofSeconds(1);

    /**
     * Decides what becomes of a child. A part of it may be left to a ready-made plan, as in
     * {@code backoff(first, cap).decide(exit, Math::random)}.
     *
     * @param exit its {@link ChildExit#streak} never starts anew, unless another plan around this one says after what time
     * @return never null
     */
    Decision decide(ChildExit exit) throws Exception;
}
