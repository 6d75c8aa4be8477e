// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * Maps of which there are a great many, mostly empty or with one entry: small as long as that is so. A field starts as
 * {@code Map.of()} and is only changed by setting it to what these return. Not thread-safe.
 */
final class Few {
    private Few() {}

    static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        if (map.isEmpty()) {
            return Map.of(key, value);
        }
        Map<K, V> more = map instanceof HashMap ? map : new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    static <K, V> Map<K, V> without(Map<K, V> map, K key) {
        if (map.containsKey(key)) {
            if (map.size() == 1) {
                return Map.of();
            }
            map.remove(key);
        }
        return map;
    }
}
