// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import java.util.Objects;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, or a field of a record within one. A value: terms only. Immutable.
 *
 * @param name not blank, without a dot
 * @param formerNames names that it has had, and by which it still answers: views of an older version know no other
 * @param nullable whether a row may have null there
 * @param otherwise what it reads as in rows that have no element there, and, unless it is nullable, in those that have null;
 *     null for none, or for null itself
 * @param position index of the element in each row, from 0; it never changes while rows are kept
 */
public record Column(
        String name,
        List<String> formerNames,
        ColumnType type,
        boolean nullable,
        @Nullable Object otherwise,
        int position) {
    /** @throws org.bequest.term.NotATermException if {@code otherwise} is no term */
    public Column {
        Objects.requireNonNull(type, "type");
        formerNames = List.copyOf(formerNames);
        otherwise = Terms.copyOf(otherwise);
        if (name.isBlank() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException("A column's name is not blank and has no dot, was '" + name + "'");
        }
        if (position < 0) {
            throw new IllegalArgumentException("position must not be negative, was " + position);
        }
    }

    /** Whether every row reads as something that the column may hold. */
    public boolean isOptional() {
        return nullable || otherwise != null;
    }

    boolean answersTo(String name) {
        return this.name.equals(name) || formerNames.contains(name);
    }

    /** The column's value in a row: the element there, or what stands in for it. */
    public @Nullable Object in(Tuple row) {
        if (position >= row.size()) {
            return otherwise;
        }
        Object element = row.get(position);
        return element == null && !nullable ? otherwise : element;
    }

    Tuple toTerm() {
        return Tuple.of(name, formerNames, type.toTerm(), nullable, otherwise, position);
    }

    static Column ofTerm(@Nullable Object term) {
        if (term instanceof Tuple t
                && t.size() == 6
                && t.get(0) instanceof String name
                && t.get(1) instanceof List<?> former
                && t.get(3) instanceof Boolean nullable
                && t.get(5) instanceof Long position) {
            List<String> names = former.stream().map(String.class::cast).toList();
            return new Column(name, names, ColumnType.ofTerm(t.get(2)), nullable, t.get(4), Math.toIntExact(position));
        }
        throw new IllegalArgumentException("Not the term of a column: " + term);
    }

    /** As people read it: <code>rating double otherwise 0.0</code>. */
    @Override
    public String toString() {
        return name + " " + type + (nullable ? "?" : "") + (otherwise == null ? "" : " otherwise " + otherwise);
    }
}
