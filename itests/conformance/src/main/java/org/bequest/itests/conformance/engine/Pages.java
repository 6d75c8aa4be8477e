// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import java.util.ArrayList;
import java.util.List;
import org.bequest.match.MatchSpec;
import org.bequest.table.Page;
import org.bequest.table.Table;
import org.jspecify.annotations.Nullable;

/** A selection, page by page. */
final class Pages {
    private final Table table;
    private final MatchSpec spec;
    private final List<@Nullable Object> results = new ArrayList<>();
    private @Nullable Page last;

    Pages(Table table, MatchSpec spec) {
        this.table = table;
        this.spec = spec;
    }

    /** Returns false if there was none any more. */
    boolean next(int limit) {
        Page before = last;
        if (before != null && before.next() == null) {
            return false;
        }
        Page page = before == null ? table.select(spec, limit) : table.select(before.next());
        results.addAll(page.results());
        last = page;
        return true;
    }

    /** So far. */
    List<@Nullable Object> results() {
        return results;
    }
}
