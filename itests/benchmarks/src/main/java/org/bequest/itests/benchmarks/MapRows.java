// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map from key to row, as one writes it without Bequest. */
final class MapRows implements Rows {
    private final Supplier<ConcurrentMap<Object, Object>> maps;
    private ConcurrentMap<Object, Object> map;

    /** @param maps new ones, empty */
    MapRows(Supplier<ConcurrentMap<Object, Object>> maps) {
        this.maps = maps;
        this.map = maps.get();
    }

    @Override
    public void renew() {
        map = maps.get();
    }

    @Override
    public @Nullable Object get(long key) {
        return map.get(key);
    }

    @Override
    public long number(long key) {
        return ((Row) map.get(key)).number();
    }

    @Override
    public void insert(Row row) {
        map.put(row.key(), row);
    }

    @Override
    public boolean insertNew(Row row) {
        return map.putIfAbsent(row.key(), row) == null;
    }

    /** One after the other: others see some of them without the others. */
    @Override
    public void insertAll(List<Row> rows) {
        rows.forEach(this::insert);
    }

    @Override
    public void insert(NamedRow row) {
        map.put(row.key(), row);
    }

    @Override
    public void delete(long key) {
        map.remove(key);
    }

    @Override
    public @Nullable Object updateCounter(long key) {
        return map.computeIfPresent(key, (same, found) -> {
            Row row = (Row) found;
            return new Row(row.key(), row.text(), row.number() + 1);
        });
    }

    @Override
    public List<?> matchKey(long key) {
        return map.get(key) instanceof Row row ? List.of(row.number()) : List.of();
    }

    @Override
    public List<?> matchRange(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (Object row :
                ((ConcurrentNavigableMap<Object, Object>) map).subMap(from, to).values()) {
            numbers.add(((Row) row).number());
        }
        return numbers;
    }

    @Override
    public long count(long least) {
        long count = 0;
        for (Object row : map.values()) {
            if (((Row) row).number() >= least) {
                count++;
            }
        }
        return count;
    }

    @Override
    public long sum() {
        long sum = 0;
        for (Object row : map.values()) {
            sum += ((Row) row).number();
        }
        return sum;
    }
}
