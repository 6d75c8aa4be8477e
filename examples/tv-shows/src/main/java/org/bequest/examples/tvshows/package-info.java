// SPDX-License-Identifier: Apache-2.0
/** A first tour of tables. Start at {@link org.bequest.examples.tvshows.TupleShows}, then see how records do the same. */
@NullMarked
package org.bequest.examples.tvshows;

import org.jspecify.annotations.NullMarked;
