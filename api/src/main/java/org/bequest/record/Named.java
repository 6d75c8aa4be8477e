// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bequest.table.Column;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.ListOf;
import org.bequest.table.ColumnType.MapOf;
import org.bequest.table.ColumnType.RecordOf;
import org.bequest.table.Shape;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** A row as a migration sees it: terms by the names of the columns, without any class of the version that wrote it. */
final class Named {
    private Named() {}

    static Map<String, @Nullable Object> values(Shape shape, Tuple row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : shape.columns()) {
            values.put(column.name(), value(column.type(), column.in(row)));
        }
        return Collections.unmodifiableMap(values);
    }

    private static @Nullable Object value(ColumnType type, @Nullable Object term) {
        if (!Types.holdsRecord(type)) {
            return term;
        }
        if (type instanceof RecordOf nested && term instanceof Tuple fields) {
            return values(nested.fields(), fields);
        }
        if (type instanceof ListOf list && term instanceof List<?> terms) {
            List<@Nullable Object> values = new ArrayList<>();
            terms.forEach(element -> values.add(value(list.element(), element)));
            return Collections.unmodifiableList(values);
        }
        if (type instanceof MapOf map && term instanceof Map<?, ?> terms) {
            Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
            terms.forEach((k, v) -> values.put(value(map.key(), k), value(map.value(), v)));
            return Collections.unmodifiableMap(values);
        }
        return term;
    }
}
