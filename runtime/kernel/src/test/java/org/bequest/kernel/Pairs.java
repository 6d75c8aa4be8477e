// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Objects;
import org.bequest.table.RowForm;
import org.bequest.term.Tuple;

/**
 * Rows {key, value} as their values. Guava's suites put any value under any key, which whole rows, having their key inside,
 * refuse by nature.
 */
enum Pairs implements RowForm<Object> {
    FORM;

    @Override
    public Object value(Tuple row) {
        return Objects.requireNonNull(row.get(1));
    }

    @Override
    public Tuple row(Object key, Object value) {
        return Tuple.of(key, value);
    }
}
