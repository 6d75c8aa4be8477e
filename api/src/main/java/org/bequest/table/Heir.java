// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Objects;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a table when its owner ends, and what is told to him then; ETS's {@code {heir, Pid, HeirData}}. Immutable.
 *
 * @param to looked up at the moment when the owner ends; if nobody is there then, the table has no heir
 * @param gift a term, handed to the heir with the table; may be null
 */
public record Heir(Recipient to, @Nullable Object gift) {
    /** @throws org.bequest.term.NotATermException if the gift is no term */
    public Heir {
        Objects.requireNonNull(to, "to");
        gift = Terms.copyOf(gift);
    }
}
