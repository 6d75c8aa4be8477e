// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.jspecify.annotations.Nullable;

/**
 * The message that comes with a table when its ownership moves; ETS's {@code 'ETS-TRANSFER'}. It always arrives before
 * the exit or monitor message of the one who left the table.
 *
 * @param table the receiver's own handle, with an owner's rights
 * @param from who owned the table before
 * @param gift the term that the giver, or the table's {@link Heir}, sent along; may be null
 */
public record Transfer(Table table, Owner from, @Nullable Object gift) {}
