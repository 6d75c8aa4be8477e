// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * By a service of this type a bundle declares what is to run (a whiteboard): a worker, or a supervisor and all under it.
 * It runs under {@link Supervisor#ROOT}. If the service comes back after an update of its bundle, only what has changed is
 * changed. While it is away the child stays, and waits for its module if that is away too; it is stopped when the bundle
 * is uninstalled, or has not declared it again within {@link ChildSpec#absenceLimit}.
 *
 * <p>{@link #child} is called once, by any thread, when the service is found. What it throws is logged, and nothing runs.
 */
@ConsumerType
@FunctionalInterface
public interface ChildDeclaration {
    /** Never null. Its id is unique among all that are declared. */
    ChildSpec child();
}
