// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import org.bequest.term.Tuple;

/** Rows as themselves. */
enum WholeRow implements RowForm<Tuple> {
    FORM;

    @Override
    public Tuple value(Tuple row) {
        return row;
    }

    @Override
    public Tuple row(Object key, Tuple value) {
        return value;
    }
}
