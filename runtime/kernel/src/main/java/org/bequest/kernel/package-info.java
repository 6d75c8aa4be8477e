// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel: keeps what must live while bundles come and go.
 *
 * <p>Three parts, in the order in which to read them:
 *
 * <ol>
 *   <li>Tables: {@link org.bequest.kernel.Ledger} says who owns what, {@link org.bequest.kernel.KernelTable} holds the rows
 *       and fences writers off, {@link org.bequest.kernel.TableHandle} is what a user has in hand, and a
 *       {@link org.bequest.kernel.Life} is that to which rights are bound. {@link org.bequest.kernel.DumpFile} is a table on disk,
 *       {@link org.bequest.kernel.TermWriter} how its terms are encoded.
 *   <li>Processes: {@link org.bequest.kernel.KernelProcess} is a mailbox with a behaviour that can be taken out and put in, in
 *       the order of what happens to one: {@link org.bequest.kernel.Start}, {@link org.bequest.kernel.Turn},
 *       {@link org.bequest.kernel.CodeSlot}, {@link org.bequest.kernel.Death}. {@link org.bequest.kernel.Scheduler} has the
 *       threads.
 *   <li>Modules: {@link org.bequest.kernel.Modules} follows the services that bring code and tells processes to reconsider,
 *       {@link org.bequest.kernel.LivingServices} publishes services on behalf of processes.
 * </ol>
 *
 * <p>Lock order: a bundle's or process's monitor may be taken while the ledger's lock is held, and a table's gate too, never
 * the other way round; a provider's monitor while a process's is held, never the other way round. No code of a plugin is called while a lock
 * is held; a storage engine is, under a table's gate, and under the ledger's lock when a table is made or moved.
 */
@NullMarked
package org.bequest.kernel;

import org.jspecify.annotations.NullMarked;
