// SPDX-License-Identifier: Apache-2.0
/**
 * Tables: rows in memory that outlive the bundle or process that uses them, after Erlang's ETS.
 *
 * <p>Start at {@link org.bequest.table.Tables}: it creates, claims and opens tables for the one who asks. Describe a
 * table with {@link org.bequest.table.TableSpec}; work with its rows through a {@link org.bequest.table.Table}.
 *
 * <h2>Columns</h2>
 * A table may know the names and types of its rows' elements, its {@link org.bequest.table.Shape}. Match specifications name
 * them, and {@link org.bequest.record.RecordTable} reads rows as records by them: {@code
 * tables.claim(TableSpec.of("sessions", Session.class).key("id"))}.
 *
 * <h2>Ownership</h2>
 * A table has one {@linkplain org.bequest.table.Owner owner} at a time: a process, a bundle, or escrow, which is the
 * kernel's own keeping of a table that nobody owns just now. When the owner ends, the table passes to its
 * {@linkplain org.bequest.table.Heir heir}; without one it goes to escrow if it was claimed, and is dropped if it was
 * only created.
 *
 * <h2>Fencing</h2>
 * A handle is bound to the one it was given to. When that bundle stops or that process ends, or when ownership moves,
 * the handle loses its rights: no write through it becomes visible afterwards
 * ({@link org.bequest.table.FencedException}).
 *
 * <h2>Concurrency</h2>
 * Handles may be used by any number of threads. A call that changes rows is atomic and isolated, also a batch of many rows;
 * only those that look for their rows by a pattern or match specification change each row on its own. An iterator is not a
 * snapshot; {@link org.bequest.table.Table#toList()} never holds half of a batch.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.table;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
