// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bequest.match.Expression;
import org.bequest.match.MatchSpec;
import org.bequest.match.MatchSyntax;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table: what its rows' elements are called, and what they are. The table remembers it for those who come
 * after; it checks no row against it. Made from records by {@link org.bequest.record.RecordSpec}. A value: terms only. It can
 * be turned into a term and back. Immutable.
 *
 * <p>A shape changes while rows stay as they are: a column is added at a position that was never used, one that is dropped
 * leaves its position behind, and a renamed one stays where it is. Only when every row is written anew, for a migration, may
 * columns move, and the layout has the next number then.
 *
 * @param columns in the order of the record's components, which need not be that of their positions; names and positions
 *     are unique
 * @param width the number of elements of a row that has them all; greater than every position
 * @param layout counts how often the rows have been written anew, from 0
 */
public record Shape(List<Column> columns, int width, int layout) {
    public Shape {
        columns = List.copyOf(columns);
        if (width < 0 || width > Terms.MAX_ELEMENTS) {
            throw new IllegalArgumentException("width is that of a tuple, was " + width);
        }
        Set<Object> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name()) || !seen.add(column.position()) || column.position() >= width) {
                throw new IllegalArgumentException("Names and positions of columns are unique, and within the width "
                        + width + "; but " + columns + " has '" + column.name() + "' at " + column.position());
            }
        }
    }

    /** The column of that name or, failing that, the one that once had it; null if there is none. */
    public @Nullable Column column(String name) {
        Column former = null;
        for (Column column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
            former = column.answersTo(name) ? column : former;
        }
        return former;
    }

    /** The column at that position, or null: it was dropped, or is not there yet. */
    public @Nullable Column at(int position) {
        for (Column column : columns) {
            if (column.position() == position) {
                return column;
            }
        }
        return null;
    }

    /** The specification with elements of the row in place of the columns, by their present names and former ones. */
    public MatchSpec resolve(MatchSpec spec) {
        if (spec.columns().isEmpty()) {
            return spec;
        }
        Map<String, Expression> elements = new LinkedHashMap<>();
        for (Column column : columns) {
            elements.put(column.name(), element(column));
        }
        for (String name : spec.columns()) {
            Column column = column(name);
            if (column != null) {
                elements.put(name, element(column));
            }
        }
        return spec.resolve(elements);
    }

    /** Plain where every row has it, since only then a key is recognized, and looked up. */
    private static Expression element(Column column) {
        return column.isOptional()
                ? MatchSyntax.element(column.position(), column.otherwise(), !column.nullable())
                : MatchSyntax.row().element(column.position());
    }

    /** The shape as a term, for {@link #ofTerm}. */
    public Object toTerm() {
        return Tuple.of(
                "shape", width, layout, columns.stream().map(Column::toTerm).toList());
    }

    /** @throws IllegalArgumentException if the term was not made by {@link #toTerm()} */
    public static Shape ofTerm(@Nullable Object term) {
        if (term instanceof Tuple t
                && t.size() == 4
                && "shape".equals(t.get(0))
                && t.get(1) instanceof Long width
                && t.get(2) instanceof Long layout
                && t.get(3) instanceof List<?> columns) {
            try {
                return new Shape(
                        columns.stream().map(Column::ofTerm).toList(), Math.toIntExact(width), Math.toIntExact(layout));
            } catch (ClassCastException | ArithmeticException e) {
                throw new IllegalArgumentException("Not the term of a shape: " + term, e);
            }
        }
        throw new IllegalArgumentException("Not the term of a shape: " + term);
    }

    /** As people read it: <code>(title string?, rating double)</code>. */
    @Override
    public String toString() {
        return columns.stream().map(Column::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
