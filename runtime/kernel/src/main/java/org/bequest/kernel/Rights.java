// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.table.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What a handle may do hangs on this.
 *
 * @param life whose it is
 * @param tenure the one in which it has an owner's rights; null if it never had them
 * @param shape the one under which it works; null for any
 */
record Rights(Life life, @Nullable Tenure tenure, @Nullable Shape shape) {
    /** Those that a life has on a table just now. */
    static Rights of(Life life, KernelTable table) {
        Tenure now = table.tenure();
        return new Rights(life, now.life == life ? now : null, null);
    }

    Rights under(Shape shape) {
        return new Rights(life, tenure, shape);
    }
}
