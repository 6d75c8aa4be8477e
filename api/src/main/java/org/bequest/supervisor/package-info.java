// SPDX-License-Identifier: Apache-2.0
/**
 * Supervision: who starts processes, looks after them, and starts them again.
 *
 * <p>To have something run, declare it: {@link org.bequest.supervisor.ChildDeclaration}, a configuration, or a call of
 * {@link org.bequest.supervisor.Supervisor#start} on the supervisor {@link org.bequest.supervisor.Supervisor#ROOT}.
 *
 * <p>A supervisor is a process, and what it knows are rows of a table. So its own code can be replaced while its children
 * work on, and one that crashes is followed by one that knows as much.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.supervisor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
