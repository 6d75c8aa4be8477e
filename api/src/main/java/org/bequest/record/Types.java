// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.List;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.ListOf;
import org.bequest.table.ColumnType.MapOf;
import org.bequest.table.ColumnType.OneOf;
import org.bequest.table.ColumnType.RecordOf;
import org.bequest.table.ColumnType.Simple;

/** From which type to which one may go, for types that hold no records: those are {@link Evolution}'s. */
final class Types {
    /** Each holds all values of those before it. */
    private static final List<ColumnType> INTEGERS =
            List.of(Simple.BYTE, Simple.SHORT, Simple.INT, Simple.LONG, Simple.INTEGER);

    private static final List<ColumnType> FLOATS = List.of(Simple.FLOAT, Simple.DOUBLE);

    private Types() {}

    /** @param exact whether equal values must have equal terms before and after: for keys, 1 is not 1.0 */
    static Change change(ColumnType stored, ColumnType wanted, boolean exact) {
        if (stored.equals(wanted)) {
            return Change.NONE;
        }
        if (INTEGERS.contains(stored) && INTEGERS.contains(wanted)) {
            return free(INTEGERS.indexOf(stored) < INTEGERS.indexOf(wanted));
        }
        if (FLOATS.contains(stored) && FLOATS.contains(wanted)) {
            return free(wanted == Simple.DOUBLE);
        }
        if (isNumber(stored) && isNumber(wanted)) {
            return exact ? Change.REFUSED : free(holdsAll(wanted, stored));
        }
        if (isText(stored) && isText(wanted)) {
            return free(wanted == Simple.STRING
                    || stored instanceof OneOf s
                            && wanted instanceof OneOf w
                            && w.names().containsAll(s.names()));
        }
        if (stored instanceof ListOf s && wanted instanceof ListOf w) {
            return change(s.element(), w.element(), exact);
        }
        if (stored instanceof MapOf s && wanted instanceof MapOf w) {
            return change(s.key(), w.key(), true).and(change(s.value(), w.value(), exact));
        }
        if (holdsRecord(stored) || holdsRecord(wanted)) {
            return Change.REFUSED; // where its fields are would be forgotten
        }
        return wanted == Simple.TERM ? Change.FREE : stored == Simple.TERM ? Change.CHECKED : Change.REFUSED;
    }

    static Misfit refused(ColumnType stored, ColumnType wanted) {
        return new Misfit("is " + stored + " in the table, and " + wanted + " in the record");
    }

    private static Change free(boolean widens) {
        return widens ? Change.FREE : Change.CHECKED;
    }

    static boolean isInteger(ColumnType type) {
        return INTEGERS.contains(type);
    }

    private static boolean isNumber(ColumnType type) {
        return INTEGERS.contains(type) || FLOATS.contains(type);
    }

    private static boolean isText(ColumnType type) {
        return type == Simple.STRING || type == Simple.CHAR || type instanceof OneOf;
    }

    /** Whether a floating type has all the values of an integer one. */
    private static boolean holdsAll(ColumnType wanted, ColumnType stored) {
        return stored == Simple.BYTE && FLOATS.contains(wanted)
                || stored == Simple.SHORT && FLOATS.contains(wanted)
                || stored == Simple.INT && wanted == Simple.DOUBLE;
    }

    static boolean holdsRecord(ColumnType type) {
        return type instanceof RecordOf
                || type instanceof ListOf list && holdsRecord(list.element())
                || type instanceof MapOf map && (holdsRecord(map.key()) || holdsRecord(map.value()));
    }
}
