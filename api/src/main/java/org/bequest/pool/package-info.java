// SPDX-License-Identifier: Apache-2.0
/**
 * Pools: workers that are lent, one borrower at a time.
 *
 * <p>Declare one as a child of a supervisor ({@link org.bequest.pool.PoolSpec#child}), borrow through a
 * {@link org.bequest.pool.Pool}, and close the {@link org.bequest.pool.Lease}:
 * <pre>{@code
 * Pool printers = Pool.of(tables, processes, "printers");
 * try (Lease printer = printers.checkout()) {
 *     printer.call(document, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>What a pool knows are rows of a table. Borrowing and returning are one change of one row each, made by the borrower's own
 * thread: both go on while the code of pools is replaced. The pool's process does the rest.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.pool;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
