// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.MapOf;
import org.bequest.table.ColumnType.Simple;
import org.bequest.term.NotATermException;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** A map. It comes back in the order of its keys' terms. */
record Pairs(Mapping key, Mapping value) implements Mapping {
    @Override
    public ColumnType type(Map<String, Object> otherwise) {
        return new MapOf(key.type(otherwise), value.type(otherwise));
    }

    @Override
    public Stream<RecordMapping> records() {
        return Stream.concat(key.records(), value.records());
    }

    @Override
    public Codec codec(ColumnType stored, Map<String, Object> otherwise) {
        if (!(stored instanceof MapOf) && (stored != Simple.TERM || Types.holdsRecord(type(otherwise)))) {
            throw Types.refused(stored, type(otherwise));
        }
        return new Of(
                key.codec(stored instanceof MapOf map ? map.key() : stored, otherwise),
                value.codec(stored instanceof MapOf map ? map.value() : stored, otherwise));
    }

    private static final class Of implements Codec {
        private final Codec keys;
        private final Codec values;

        Of(Codec keys, Codec values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        public @Nullable Object encode(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            if (!(value instanceof Map<?, ?> map)) {
                throw new Misfit("is of " + value.getClass().getName() + ", which is no map");
            }
            Map<@Nullable Object, @Nullable Object> terms = new LinkedHashMap<>();
            map.forEach((k, v) -> {
                try {
                    terms.put(keys.encode(k), values.encode(v));
                } catch (Misfit e) {
                    throw e.in("[" + k + "]");
                }
            });
            try {
                return Terms.copyOf(terms);
            } catch (NotATermException e) {
                throw new Misfit("is no term: " + e.getMessage(), e);
            }
        }

        @Override
        public @Nullable Object decode(@Nullable Object term) {
            if (term == null) {
                return null;
            }
            if (!(term instanceof Map<?, ?> terms)) {
                throw new Misfit("is " + term + ", which is no map");
            }
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            terms.forEach((k, v) -> {
                try {
                    map.put(keys.decode(k), values.decode(v));
                } catch (Misfit e) {
                    throw e.in("[" + k + "]");
                }
            });
            return Collections.unmodifiableMap(map);
        }
    }
}
