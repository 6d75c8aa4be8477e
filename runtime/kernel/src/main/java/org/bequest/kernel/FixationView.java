// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Set;
import org.bequest.table.Fixation;

/** A fixation of one life; it has ended when it is not among its table's any more. Compared by identity. */
final class FixationView implements Fixation {
    private final Set<FixationView> all;
    private final Life life;

    FixationView(Set<FixationView> all, Life life) {
        this.all = all;
        this.life = life;
    }

    Life life() {
        return life;
    }

    @Override
    public void close() {
        all.remove(this);
    }
}
