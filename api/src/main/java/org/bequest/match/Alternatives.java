// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Several clauses. One alone is its own specification, so that each is written in one way. */
final class Alternatives extends MatchSpec {

    private final List<Clause> clauses;

    Alternatives(List<Clause> clauses) {
        super(columnsOf(clauses));
        this.clauses = clauses;
    }

    private static Set<String> columnsOf(List<Clause> clauses) {
        Set<String> columns = new TreeSet<>();
        clauses.forEach(clause -> columns.addAll(clause.columns()));
        return columns.isEmpty() ? Set.of() : Collections.unmodifiableSet(columns);
    }

    @Override
    public List<Clause> clauses() {
        return clauses;
    }

    @Override
    @Nullable
    Clause deciding(Tuple row) {
        for (Clause clause : clauses) {
            if (clause.fits(row)) {
                return clause;
            }
        }
        return null;
    }

    @Override
    boolean means(Tuple row) {
        Clause clause = deciding(row);
        return clause != null && clause.means(row);
    }

    @Override
    MatchSpec resolved(Map<String, Expression> columns) {
        return new Alternatives(
                clauses.stream().map(clause -> clause.resolved(columns)).toList());
    }
}
