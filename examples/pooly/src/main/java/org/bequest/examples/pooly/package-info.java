// SPDX-License-Identifier: Apache-2.0
/** A pool of workers, to learn from. Start at {@link org.bequest.examples.pooly.PoolServer}. */
@NullMarked
package org.bequest.examples.pooly;

import org.jspecify.annotations.NullMarked;
