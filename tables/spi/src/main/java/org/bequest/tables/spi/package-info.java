// SPDX-License-Identifier: Apache-2.0
/**
 * What a storage engine must do. Start at {@link org.bequest.tables.spi.Engine}.
 *
 * <p>The kernel stands between a store and everybody else: it has checked rights and arguments, it has made keys and rows
 * terms, and it orders writes (see {@link org.bequest.tables.spi.Store}). An engine only keeps rows.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.tables.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
