// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.ChildType;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.SupervisorSpec;

/**
 * What one configuration says.
 *
 * @param pid of the configuration
 * @param supervisor name of the one that it is for
 * @param order among those that are for the same; the lowest first
 * @param child a worker, or a supervisor without its children
 */
record Configured(String pid, String supervisor, long order, ChildSpec child) {
    boolean isSupervisor() {
        return child.type() == ChildType.SUPERVISOR;
    }

    /** What it is as a supervisor. */
    SupervisorSpec spec() {
        return SupervisorSpec.ofTerm(child.argument());
    }

    /** One of these cannot be without its one child. */
    boolean isSimple() {
        return isSupervisor() && spec().strategy() == Strategy.SIMPLE_ONE_FOR_ONE;
    }

    /** Whether the two cannot both be. */
    boolean clashesWith(Configured other) {
        boolean siblings = supervisor.equals(other.supervisor) && id().equals(other.id());
        boolean namesakes = isSupervisor() && other.isSupervisor() && id().equals(other.id());
        return siblings || namesakes;
    }

    /** A supervisor's is its name. */
    String id() {
        return String.valueOf(child.id());
    }
}
