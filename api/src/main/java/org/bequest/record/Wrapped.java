// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bequest.table.ColumnType;
import org.jspecify.annotations.Nullable;

/** An {@code Optional}: null for what is not there. */
record Wrapped(Mapping content) implements Mapping {
    @Override
    public ColumnType type(Map<String, Object> otherwise) {
        return content.type(otherwise);
    }

    @Override
    public Stream<RecordMapping> records() {
        return content.records();
    }

    @Override
    public Codec codec(ColumnType stored, Map<String, Object> otherwise) {
        Codec inner = content.codec(stored, otherwise);
        return new Codec() {
            @Override
            public @Nullable Object encode(@Nullable Object value) {
                return inner.encode(value instanceof Optional<?> optional ? optional.orElse(null) : value);
            }

            @Override
            public Object decode(@Nullable Object term) {
                return Optional.ofNullable(inner.decode(term));
            }
        };
    }
}
