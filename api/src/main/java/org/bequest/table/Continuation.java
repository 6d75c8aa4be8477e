// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.bequest.match.MatchSpec;

/**
 * Where a selection goes on; the continuation of {@code ets:select/3}. A value: it holds nothing of the table, and works as
 * long as there is the table.
 *
 * @param after the key that was last looked at
 */
public record Continuation(MatchSpec spec, int limit, boolean reverse, Object after) {}
