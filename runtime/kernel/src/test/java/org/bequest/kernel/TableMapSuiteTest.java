// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.ConcurrentNavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.Helpers;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.testers.ConcurrentMapPutIfAbsentTester;
import com.google.common.collect.testing.testers.ConcurrentMapReplaceEntryTester;
import com.google.common.collect.testing.testers.ConcurrentMapReplaceTester;
import com.google.common.collect.testing.testers.MapComputeIfPresentTester;
import com.google.common.collect.testing.testers.MapComputeTester;
import com.google.common.collect.testing.testers.MapCreationTester;
import com.google.common.collect.testing.testers.MapEntrySetTester;
import com.google.common.collect.testing.testers.MapMergeTester;
import com.google.common.collect.testing.testers.MapPutIfAbsentTester;
import com.google.common.collect.testing.testers.MapPutTester;
import com.google.common.collect.testing.testers.MapReplaceAllTester;
import com.google.common.collect.testing.testers.MapReplaceEntryTester;
import com.google.common.collect.testing.testers.MapReplaceTester;
import com.google.common.collect.testing.testers.SetCreationTester;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.bequest.table.TableType;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

/** Guava's suites for maps, on tables. Each is one test here, for it consists of thousands. */
class TableMapSuiteTest {
    private final TableBench bench = new TableBench();

    @Test
    void aSetOfPairs() {
        pass(
                900,
                ConcurrentMapTestSuiteBuilder.using(new MapSamples<>(
                                () -> bench.table(TableType.SET).asMap(Pairs.FORM),
                                Object.class,
                                key -> "value of " + key))
                        .named("a set of pairs")
                        .withFeatures(
                                MapFeature.GENERAL_PURPOSE,
                                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                                CollectionSize.ANY)
                        .createTestSuite());
    }

    @Test
    void anOrderedSetOfPairs() {
        pass(
                33_000,
                ConcurrentNavigableMapTestSuiteBuilder.using(new MapSamples.Sorted<>(
                                () -> bench.table(TableType.ORDERED_SET).asNavigableMap(Pairs.FORM),
                                Object.class,
                                key -> "value of " + key))
                        .named("an ordered set of pairs")
                        .withFeatures(
                                MapFeature.GENERAL_PURPOSE,
                                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                                CollectionFeature.KNOWN_ORDER,
                                CollectionSize.ANY)
                        .createTestSuite());
    }

    @Test
    void aSetOfRows() {
        pass(
                800,
                ConcurrentMapTestSuiteBuilder.using(new MapSamples<>(
                                () -> bench.table(TableType.SET).asMap(), Tuple.class, key -> Tuple.of(key, "value")))
                        .named("a set of rows")
                        .withFeatures(
                                MapFeature.GENERAL_PURPOSE,
                                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                                CollectionSize.ANY)
                        .suppressing(rowsUnderForeignKeys())
                        .createTestSuite());
    }

    /** @param atLeast how many tests there are, or features were declared that leave some out */
    private static void pass(int atLeast, TestSuite suite) {
        TestResult result = new TestResult();
        suite.run(result);
        List<TestFailure> failures = new ArrayList<>(Collections.list(result.failures()));
        failures.addAll(Collections.list(result.errors()));
        assertThat(failures)
                .as(() -> failures.isEmpty() ? "" : failures.get(0).trace())
                .isEmpty();
        assertThat(result.runCount()).isGreaterThanOrEqualTo(atLeast);
    }

    /**
     * The tests that put the value of one sample under the key of another. A row has its key inside, so that its map refuses
     * that (see {@link TableMapTest}); the maps of pairs above, which are the same but for the form of a row, pass them.
     */
    private static Method[] rowsUnderForeignKeys() {
        return new Method[] {
            Helpers.getMethod(ConcurrentMapPutIfAbsentTester.class, "testPutIfAbsent_supportedPresent"),
            Helpers.getMethod(ConcurrentMapReplaceEntryTester.class, "testReplaceEntry_supportedAbsentKey"),
            Helpers.getMethod(ConcurrentMapReplaceEntryTester.class, "testReplaceEntry_supportedPresent"),
            Helpers.getMethod(ConcurrentMapReplaceEntryTester.class, "testReplaceEntry_supportedWrongValue"),
            Helpers.getMethod(ConcurrentMapReplaceTester.class, "testReplace_supportedPresent"),
            Helpers.getMethod(MapComputeIfPresentTester.class, "testComputeIfPresent_supportedPresent"),
            Helpers.getMethod(MapComputeTester.class, "testCompute_presentToPresent"),
            Helpers.getMethod(MapCreationTester.class, "testCreateWithDuplicates_nonNullDuplicatesNotRejected"),
            Helpers.getMethod(MapEntrySetTester.class, "testSetValue"),
            Helpers.getMethod(MapMergeTester.class, "testMergePresent"),
            Helpers.getMethod(MapPutIfAbsentTester.class, "testPutIfAbsent_supportedPresent"),
            Helpers.getMethod(MapPutTester.class, "testPut_supportedPresent"),
            Helpers.getMethod(MapReplaceAllTester.class, "testReplaceAllPreservesOrder"),
            Helpers.getMethod(MapReplaceAllTester.class, "testReplaceAllRotate"),
            Helpers.getMethod(MapReplaceEntryTester.class, "testReplaceEntry_supportedAbsentKey"),
            Helpers.getMethod(MapReplaceEntryTester.class, "testReplaceEntry_supportedPresent"),
            Helpers.getMethod(MapReplaceEntryTester.class, "testReplaceEntry_supportedWrongValue"),
            Helpers.getMethod(MapReplaceTester.class, "testReplace_supportedPresent"),
            Helpers.getMethod(SetCreationTester.class, "testCreateWithDuplicates_nonNullDuplicatesNotRejected"),
        };
    }
}
