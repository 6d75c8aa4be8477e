// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to measure. */
enum Suite {
    PROCESSES(Side.PEKKO) {
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
                            sizes(scale, 10_000, 100_000, 1_000_000)
                                    .mapToObj(size -> bytes("memory", "process", size, ProcessProbes::memory)))
                    .flatMap(cases -> cases)
                    .toList();
        }
    },

    SUPERVISORS(Side.PEKKO) {
        @Override
        List<Case> cases(Scale scale) {
            return Stream.of(
                            starts("start_child", scale, SupervisorProbes::startChild),
                            starts("start_child_simple", scale, SupervisorProbes::startSimpleChild),
                            time("restart_median", 1, 1, OneShot.of(SupervisorProbes::restartMedian)),
                            time("restart_p99", 1, 1, OneShot.of(SupervisorProbes::restartP99)),
                            sizes(scale, 10_000, 100_000)
                                    .mapToObj(size -> bytes("memory", "child", size, SupervisorProbes::memory)))
                    .flatMap(cases -> cases)
                    .toList();
        }

        private Stream<Case> starts(String name, Scale scale, Case.Measure measure) {
            return sizes(scale, 1_000, 10_000, 100_000).boxed().flatMap(size -> Stream.of(1, CALLERS)
                    .flatMap(threads -> time(name, size, threads, OneShot.of(measure))));
        }
    },

    POOLS(Side.COMMONS_POOL) {
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
    };

    private static final int CALLERS = 16;
    private static final int SMOKE_SIZE = 100;

    /** With whom it is compared, inside a JVM. */
    final Side peer;

    Suite(Side peer) {
        this.peer = peer;
    }

    /** Whether {@code bench.erl} knows it. */
    boolean isOtps() {
        return this != POOLS;
    }

    abstract List<Case> cases(Scale scale);

    Stream<Case> time(String name, int size, int threads, Case.Measure measure) {
        return Stream.of(new Case(this, name, size, threads, "ns/op", measure));
    }

    Case bytes(String name, String of, int size, Case.Measure measure) {
        return new Case(this, name, size, 1, "bytes/" + of, OneShot.of(measure));
    }

    static IntStream sizes(Scale scale, int... sizes) {
        return switch (scale) {
            case FULL -> IntStream.of(sizes);
            case QUICK -> IntStream.of(sizes).limit(1);
            case SMOKE -> IntStream.of(SMOKE_SIZE);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
