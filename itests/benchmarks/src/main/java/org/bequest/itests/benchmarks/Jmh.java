// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.Collection;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures with JMH: operations in a time, of all threads together. The figure is the time for each, with JMH's interval of
 * confidence (99.9 %) as the error.
 *
 * @param share the part of an iteration's time that is enough: 2 for half of it; they are warmed up for as long as others
 */
record Jmh(Class<?> benchmarks, String benchmark, int share) implements Case.Measure {
    /** Operations that take nanoseconds need less. */
    private static final int BRIEF = 2;

    /** Of {@link ProcessesBenchmark}. */
    static Case.Measure of(String benchmark) {
        return of(ProcessesBenchmark.class, benchmark);
    }

    static Case.Measure of(Class<?> benchmarks, String benchmark) {
        return new Jmh(benchmarks, benchmark, 1);
    }

    /** The same, in less time. */
    static Case.Measure brief(Class<?> benchmarks, String benchmark) {
        return new Jmh(benchmarks, benchmark, BRIEF);
    }

    @Override
    public Figure of(Case subject, Side side, Scale scale) throws Exception {
        System.setProperty("jmh.ignoreLock", "true");
        TimeValue time = TimeValue.milliseconds(scale.iterationMillis / share);
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmarks.getCanonicalName() + "\\." + benchmark + "$")
                        .param("side", side.name())
                        .param("size", Integer.toString(subject.size()))
                        .threads(subject.threads())
                        .forks(scale.forks ? 1 : 0)
                        .jvmArgs(OneShot.JVM_OPTIONS.toArray(String[]::new))
                        .warmupIterations(scale.warmups * share)
                        .warmupTime(time)
                        .measurementIterations(scale.iterations)
                        .measurementTime(time)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Result<?> perNano = results.iterator().next().getPrimaryResult();
        double nanos = 1 / perNano.getScore();
        return new Figure(nanos, nanos * perNano.getScoreError() / perNano.getScore());
    }
}
