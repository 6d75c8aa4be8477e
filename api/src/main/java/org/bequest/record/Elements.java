// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bequest.table.ColumnType;
import org.bequest.table.ColumnType.ListOf;
import org.bequest.table.ColumnType.Simple;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** A list; or a set, which is a list in the order of terms, so that equal sets are equal terms. */
record Elements(Mapping element, boolean distinct) implements Mapping {
    @Override
    public ColumnType type(Map<String, Object> otherwise) {
        return new ListOf(element.type(otherwise));
    }

    @Override
    public Stream<RecordMapping> records() {
        return element.records();
    }

    @Override
    public Codec codec(ColumnType stored, Map<String, Object> otherwise) {
        if (!(stored instanceof ListOf) && (stored != Simple.TERM || Types.holdsRecord(type(otherwise)))) {
            throw Types.refused(stored, type(otherwise));
        }
        return new Of(element.codec(stored instanceof ListOf list ? list.element() : stored, otherwise));
    }

    private final class Of implements Codec {
        private final Codec each;

        Of(Codec each) {
            this.each = each;
        }

        @Override
        public @Nullable Object encode(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            if (!(value instanceof Collection<?> values)) {
                throw new Misfit("is of " + value.getClass().getName() + ", which is no collection");
            }
            List<@Nullable Object> terms = new ArrayList<>(values.size());
            for (Object one : values) {
                try {
                    terms.add(each.encode(one));
                } catch (Misfit e) {
                    throw e.in("[" + terms.size() + "]");
                }
            }
            if (distinct) {
                terms.sort(Terms.ORDER);
            }
            return Terms.copyOf(terms);
        }

        @Override
        public @Nullable Object decode(@Nullable Object term) {
            if (term == null) {
                return null;
            }
            if (!(term instanceof List<?> terms)) {
                throw new Misfit("is " + term + ", which is no list");
            }
            Collection<@Nullable Object> values = distinct ? new LinkedHashSet<>() : new ArrayList<>(terms.size());
            for (Object one : terms) {
                try {
                    values.add(each.decode(one));
                } catch (Misfit e) {
                    throw e.in("[" + values.size() + "]");
                }
            }
            return values instanceof List<@Nullable Object> list
                    ? Collections.unmodifiableList(list)
                    : Collections.unmodifiableSet((Set<@Nullable Object>) values);
        }
    }
}
