// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import static org.bequest.table.TableType.ORDERED_SET;
import static org.bequest.table.TableType.SET;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is to measure. */
enum Suite {
    PROCESSES("OTP", Side.PEKKO) {
        @Override
        List<Case> cases(Scale scale) {
            return Stream.of(
                            time("tell", 1, 1, Jmh.of("tell")),
                            time("call", 1, 1, Jmh.of("call")),
                            time("call", 1, CALLERS, Jmh.of("call")),
                            time("call_between", 2, 1, Jmh.of("callBetween")),
                            time("ring", 2, 1, Jmh.of("ring")),
                            time("ring", 1_000, 1, Jmh.of("ring")),
                            time("spawn", 1, 1, Jmh.of("spawn")),
                            time("spawn_and_end", 1, 1, Jmh.of("spawnAndEnd")),
                            sizes(scale, HUNDRED_THOUSAND, MILLION).mapToObj(this::memory))
                    .flatMap(cases -> cases)
                    .toList();
        }

        /** Peers take more than a minute to start a million, each of the same weight as among fewer. */
        private Case memory(int size) {
            Case memory = bytes("memory", "process", size, ProcessProbes::memory);
            return size < MILLION ? memory : memory.with(List.of()).withoutErlang();
        }
    },

    SUPERVISORS("OTP", Side.PEKKO) {
        @Override
        List<Case> cases(Scale scale) {
            return Stream.of(
                            starts("start_child", scale, SupervisorProbes::startChild),
                            starts("start_child_simple", scale, SupervisorProbes::startSimpleChild),
                            time("restart_median", 1, 1, OneShot.of(SupervisorProbes::restartMedian)),
                            time("restart_p99", 1, 1, OneShot.of(SupervisorProbes::restartP99)),
                            sizes(scale, HUNDRED_THOUSAND)
                                    .mapToObj(size -> bytes("memory", "child", size, SupervisorProbes::memory)))
                    .flatMap(cases -> cases)
                    .toList();
        }

        private Stream<Case> starts(String name, Scale scale, Case.Measure measure) {
            return Stream.concat(
                    sizes(scale, 1_000, 10_000, HUNDRED_THOUSAND)
                            .boxed()
                            .flatMap(size -> time(name, size, 1, OneShot.of(measure))),
                    time(name, size(scale, 1_000, 10_000), CALLERS, OneShot.of(measure)));
        }
    },

    POOLS(null, Side.COMMONS_POOL) {
        @Override
        List<Case> cases(Scale scale) {
            return Stream.of(1, CALLERS)
                    .flatMap(threads -> time(
                            "checkout_checkin",
                            Lending.WORKERS,
                            threads,
                            Jmh.of(PoolsBenchmark.class, "borrowAndReturn")))
                    .toList();
        }
    },

    TABLES("ETS") {
        @Override
        List<Case> cases(Scale scale) {
            return new TableCases(scale).all().toList();
        }
    },

    MEMORY("ETS") {
        @Override
        List<Case> cases(Scale scale) {
            return Stream.of(size(scale, HUNDRED_THOUSAND, MILLION))
                    .flatMap(size -> Stream.of(
                            rows("set_long_string_long", size, MemoryProbes.numbers(SET), Side.CONCURRENT_HASH_MAP),
                            rows("set_string_string_double", size, MemoryProbes.names(SET), Side.CONCURRENT_HASH_MAP),
                            rows(
                                    "ordered_long_string_long",
                                    size,
                                    MemoryProbes.numbers(ORDERED_SET),
                                    Side.CONCURRENT_SKIP_LIST_MAP,
                                    Side.MV_STORE),
                            rows(
                                    "ordered_string_string_double",
                                    size,
                                    MemoryProbes.names(ORDERED_SET),
                                    Side.CONCURRENT_SKIP_LIST_MAP,
                                    Side.MV_STORE)))
                    .toList();
        }

        private Case rows(String name, int size, Case.Measure measure, Side... peers) {
            return bytes(name, "row", size, measure).with(List.of(peers));
        }
    },

    OWNERSHIP("ETS") {
        @Override
        List<Case> cases(Scale scale) {
            return Stream.of(
                            time("give_away", ROWS, 1, Jmh.of(OwnershipBenchmark.class, "giveAwayThereAndBack")),
                            time("leave_and_claim", ROWS, 1, Jmh.of(OwnershipBenchmark.class, "leaveAndClaim"))
                                    .map(Case::withoutErlang),
                            time("protected_write", ROWS, 1, Jmh.of(TablesBenchmark.OfSet.class, "overwrite"))
                                    .map(write -> write.with(List.of(Side.STORE, Side.CONCURRENT_HASH_MAP))))
                    .flatMap(cases -> cases)
                    .toList();
        }
    },

    SWAP(null) {
        @Override
        List<Case> cases(Scale scale) {
            return Stream.of(
                            swaps("in_place_by_rows", SwapProbes::inPlaceByRows, sizes(scale, ROWS, MILLION)),
                            swaps("side_by_side_by_rows", SwapProbes::sideBySideByRows, sizes(scale, ROWS, MILLION)),
                            swaps(
                                    "in_place_by_processes",
                                    SwapProbes::inPlaceByProcesses,
                                    sizes(scale, 1, 1_000, 10_000)),
                            swaps(
                                    "side_by_side_by_processes",
                                    SwapProbes::sideBySideByProcesses,
                                    sizes(scale, 1, 1_000, 10_000)))
                    .flatMap(cases -> cases)
                    .toList();
        }

        private Stream<Case> swaps(String name, Case.Measure measure, IntStream sizes) {
            return sizes.mapToObj(size -> of(name, size, 1, "us/swap", OneShot.of(measure)));
        }
    };

    private static final int CALLERS = 16;
    private static final int SMOKE_SIZE = 100;
    private static final int ROWS = 1_000;
    private static final int HUNDRED_THOUSAND = 100_000;
    private static final int MILLION = 1_000_000;

    private final @Nullable String erlang;
    private final List<Side> peers;

    /**
     * @param erlang what {@code bench.erl} is called, null if it does not know the suite
     * @param peers with whom it is compared, inside a JVM
     */
    Suite(@Nullable String erlang, Side... peers) {
        this.erlang = erlang;
        this.peers = List.of(peers);
    }

    abstract List<Case> cases(Scale scale);

    Stream<Case> time(String name, int size, int threads, Case.Measure measure) {
        return Stream.of(of(name, size, threads, "ns/op", measure));
    }

    Case bytes(String name, String of, int size, Case.Measure measure) {
        return of(name, size, 1, "bytes/" + of, OneShot.of(measure));
    }

    Case of(String name, int size, int threads, String unit, Case.Measure measure) {
        return new Case(this, name, size, threads, unit, peers, erlang, measure);
    }

    static IntStream sizes(Scale scale, int... sizes) {
        return switch (scale) {
            case FULL -> IntStream.of(sizes);
            case QUICK -> IntStream.of(sizes).limit(1);
            case SMOKE -> IntStream.of(SMOKE_SIZE);
        };
    }

    /** For what is measured at one size only. */
    static int size(Scale scale, int quick, int full) {
        return switch (scale) {
            case FULL -> full;
            case QUICK -> quick;
            case SMOKE -> SMOKE_SIZE;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
