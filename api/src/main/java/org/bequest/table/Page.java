// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the results of a selection.
 *
 * @param results what was selected; may be empty only if there is nothing after it
 * @param next for {@link Table#select(Continuation)}; null if there is nothing after it
 */
public record Page(List<@Nullable Object> results, @Nullable Continuation next) {}
