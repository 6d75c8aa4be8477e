// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import static org.bequest.itests.benchmarks.Side.CAFFEINE;
import static org.bequest.itests.benchmarks.Side.CONCURRENT_HASH_MAP;
import static org.bequest.itests.benchmarks.Side.CONCURRENT_SKIP_LIST_MAP;
import static org.bequest.itests.benchmarks.Side.MV_STORE;
import static org.bequest.itests.benchmarks.Side.NON_BLOCKING_HASH_MAP;

import java.util.List;
import java.util.stream.Stream;

/**
 * The suite {@code tables}. All peers take part in the main cases only, and few cases are measured in all sizes: the whole is
 * to be over in time.
 */
final class TableCases {
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int MOST = 10_000_000;
    private static final int MOST_THREADS = 4;

    private static final Kind SET = new Kind(
            "set_",
            TablesBenchmark.OfSet.class,
            CONCURRENT_HASH_MAP,
            List.of(CONCURRENT_HASH_MAP, NON_BLOCKING_HASH_MAP, CAFFEINE));
    private static final Kind ORDERED_SET = new Kind(
            "ordered_",
            TablesBenchmark.OfOrderedSet.class,
            CONCURRENT_SKIP_LIST_MAP,
            List.of(CONCURRENT_SKIP_LIST_MAP, MV_STORE));

    private final Scale scale;
    private final int size;

    TableCases(Scale scale) {
        this.scale = scale;
        this.size = Suite.size(scale, FEW, MANY);
    }

    Stream<Case> all() {
        return Stream.of(
                        of(SET),
                        scale == Scale.FULL ? Stream.of(record(FEW), record(size)) : Stream.of(record(size)),
                        of(ORDERED_SET),
                        Stream.of(ORDERED_SET.one("match_range", size, "ns/row", "matchRange")))
                .flatMap(cases -> cases);
    }

    private Stream<Case> of(Kind kind) {
        return Stream.concat(
                main(kind),
                switch (scale) {
                    case FULL ->
                        Stream.of(
                                        Stream.of(chain(kind)),
                                        sizes(kind),
                                        others(kind),
                                        Stream.of(mix95(kind), mix50(kind)),
                                        Stream.of(lookup(kind, size).threads(2)),
                                        Stream.of(lookup(kind, size), mix50(kind))
                                                .map(one -> one.threads(MOST_THREADS)))
                                .flatMap(cases -> cases);
                    case QUICK -> others(kind);
                    case SMOKE ->
                        kind == SET
                                ? Stream.concat(
                                        others(kind),
                                        Stream.of(
                                                chain(kind),
                                                mix95(kind),
                                                mix50(kind).threads(2)))
                                : Stream.empty(); // the benchmarks are the same
                });
    }

    private Stream<Case> main(Kind kind) {
        return Stream.of(lookup(kind, size), insertNew(kind), scan(kind, size))
                .map(one -> scale == Scale.QUICK ? one : one.with(kind.allPeers));
    }

    private static Stream<Case> sizes(Kind kind) {
        return Stream.of(lookup(kind, FEW), lookup(kind, MOST), scan(kind, FEW));
    }

    private Stream<Case> others(Kind kind) {
        return Stream.of(
                kind.one("lookup_miss", size, "ns/op", "lookupMiss"),
                kind.one("overwrite", size, "ns/op", "overwrite"),
                kind.one("insert_batch", size, "ns/row", "insertBatch"),
                kind.one("delete_and_insert", size, "ns/op", "deleteAndInsert"),
                kind.one("update_counter", size, "ns/op", "updateCounter"),
                kind.one("match_key", size, "ns/op", "matchKey"),
                kind.perRow("iterate", size, "iterate"));
    }

    private Case mix95(Kind kind) {
        return kind.one("mix_95_5", size, "ns/op", "mix95");
    }

    private Case mix50(Kind kind) {
        return kind.one("mix_50_50", size, "ns/op", "mix50");
    }

    private static Case record(int size) {
        return Suite.TABLES
                .of("record_lookup", size, 1, "ns/op", brief(TablesBenchmark.OfRecords.class, "lookupHit"))
                .with(List.of(Side.TUPLES))
                .withoutErlang();
    }

    private Case chain(Kind kind) {
        return kind.one("lookup_chain", size, "ns/op", "lookupChain").withoutErlang();
    }

    private static Case lookup(Kind kind, int size) {
        return kind.one("lookup_hit", size, "ns/op", "lookupHit");
    }

    /** Not brief: where one operation takes longer than an iteration, fewer of them warm up. */
    private Case insertNew(Kind kind) {
        return kind.of(
                "insert_new",
                size,
                "ns/row",
                Jmh.of(kind.benchmarks, "insertNew").perRow());
    }

    private static Case scan(Kind kind, int size) {
        return kind.perRow("scan", size, "scan");
    }

    private static Case.Measure brief(Class<?> benchmarks, String benchmark) {
        return Jmh.brief(benchmarks, benchmark);
    }

    /** A type of table, with whom it is compared. */
    private record Kind(String prefix, Class<?> benchmarks, Side peer, List<Side> allPeers) {
        Case one(String name, int size, String unit, String benchmark) {
            return of(name, size, unit, brief(benchmarks, benchmark));
        }

        /** What does something to all rows in one operation. */
        Case perRow(String name, int size, String benchmark) {
            return of(name, size, "ns/row", brief(benchmarks, benchmark).perRow());
        }

        private Case of(String name, int size, String unit, Case.Measure measure) {
            return Suite.TABLES.of(prefix + name, size, 1, unit, measure).with(List.of(peer));
        }
    }
}
