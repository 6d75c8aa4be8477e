// SPDX-License-Identifier: Apache-2.0
package org.bequest.said;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a specification, by key; the rest has its default. A map of terms, which is what specifications are
 * sent and kept as: another version of this package that knows more keys, or fewer, can read it.
 */
public record Said(Map<String, Object> terms) {
    public static final Said NOTHING = new Said(Map.of());

    /** @throws IllegalArgumentException if the term is no map with texts for keys */
    public static Said of(@Nullable Object term) {
        if (!(Terms.copyOf(term) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("A specification must be a map, was " + term);
        }
        Map<String, Object> terms = new HashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw new IllegalArgumentException("The keys of a specification must be texts, one was " + key);
            }
            if (value != null) {
                terms.put(text, value);
            }
        });
        return new Said(Map.copyOf(terms));
    }

    /** @param value a term; null to leave it unsaid */
    public Said with(String key, @Nullable Object value) {
        Map<String, Object> more = new HashMap<>(terms);
        if (value == null) {
            more.remove(key);
        } else {
            more.put(key, Terms.copyOf(value));
        }
        return new Said(Map.copyOf(more));
    }

    public Said with(String key, Enum<?> value) {
        return with(key, value.name().toLowerCase(Locale.ROOT));
    }

    public boolean has(String key) {
        return terms.containsKey(key);
    }

    public <T> @Nullable T get(String key, Class<T> type) {
        Object value = terms.get(key);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "'" + key + "' of a specification must be of " + type.getSimpleName() + ", was " + value);
        }
        return type.cast(value);
    }

    public <T> T get(String key, T otherwise) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) otherwise.getClass();
        T value = get(key, type);
        return value == null ? otherwise : value;
    }

    public <E extends Enum<E>> E get(String key, Class<E> type, E otherwise) {
        String value = get(key, String.class);
        try {
            return value == null ? otherwise : Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("'" + key + "' of a specification must be one of "
                    + List.of(type.getEnumConstants()) + ", was '" + value + "'");
        }
    }

    public List<?> list(String key) {
        List<?> value = get(key, List.class);
        return value == null ? List.of() : value;
    }
}
