// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.table.Shape;
import org.jspecify.annotations.Nullable;

/** What a handle may do hangs on this. */
final class Rights {
    /** Whose it is. */
    final Life life;
    /** The one in which it has an owner's rights; null if it never had them. */
    final @Nullable Tenure tenure;
    /** The one under which it works; null for any. */
    final @Nullable Shape shape;
    /** Whether the life knows that it is a guest of the table. Set when it does. */
    private volatile boolean guest;

    private Rights(Life life, @Nullable Tenure tenure, @Nullable Shape shape) {
        this.life = life;
        this.tenure = tenure;
        this.shape = shape;
    }

    /** Those that a life has on a table just now. */
    static Rights of(Life life, KernelTable table) {
        Tenure now = table.tenure();
        return new Rights(life, now.life == life ? now : null, null);
    }

    Rights under(Shape shape) {
        return new Rights(life, tenure, shape);
    }

    /** See {@link Life#visit}. */
    void visit(KernelTable table, String tried) {
        if (!guest) {
            life.visit(table, tried);
            guest = true;
        }
    }
}
