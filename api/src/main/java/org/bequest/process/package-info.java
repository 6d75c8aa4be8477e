// SPDX-License-Identifier: Apache-2.0
/**
 * Processes: workers with a pid and a mailbox, whose code is a service of some bundle and can be replaced while they run.
 *
 * <p>To write one, implement {@link org.bequest.process.Worker} and offer it as a {@link org.bequest.process.WorkerModule}
 * service. To use one, start at {@link org.bequest.process.Processes}.
 *
 * <h2>Hot swap</h2>
 * The process (pid, mailbox, names, links, monitors, timers, tables) belongs to the kernel; only the worker object comes
 * from the module. When the module's bundle goes, each of its processes finishes its message, hands over its state as a
 * term ({@link org.bequest.process.Worker#onSuspend}) and waits; when a module of the name is back, or a higher version
 * appears beside it, a new worker takes up that state ({@link org.bequest.process.Worker#onResume}). Callers see a pause.
 *
 * <h2>Failure</h2>
 * A worker that throws ends its process ("let it crash"); monitors and links say so to others. A handler that does not
 * come back when it is asked to is interrupted after the module's grace time and fenced off: its thread loses every right.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.process;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
