// SPDX-License-Identifier: Apache-2.0
/**
 * A table that outlives the server that works with it. Start at {@link org.bequest.examples.gift.GiftTable}, then see what the
 * server does with it.
 */
@NullMarked
package org.bequest.examples.gift;

import org.jspecify.annotations.NullMarked;
