// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.bequest.match.KeyRange.Keys;
import org.bequest.match.KeyRange.Range;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** What holds for all specifications and rows. */
class MatchLawsTest {

    @Property
    void specIsTheSameAfterItWasATerm(@ForAll("specs") MatchSpec spec) {
        MatchSpec read = MatchSpec.ofTerm(spec.toTerm());

        assertThat(read).isEqualTo(spec).hasSameHashCodeAs(spec).hasToString(spec.toString());
    }

    @Property(tries = 20_000)
    void compiledSpecSaysWhatItsTermSays(@ForAll("cases") Case given) {
        Object value = PlainEvaluation.of(given.spec, given.row);
        Statistics.collect(value == PlainEvaluation.NO_MATCH ? "no match" : "match");

        if (value == PlainEvaluation.NO_MATCH) {
            assertThat(given.spec.evaluate(given.row).found())
                    .as("%s matches %s", given.spec, given.row)
                    .isFalse();
        } else if (value == Computation.FAILURE) {
            assertThatExceptionOfType(MatchException.class).isThrownBy(() -> given.spec.evaluate(given.row));
        } else {
            assertThat(given.spec.evaluate(given.row).value())
                    .as("%s of %s", given.spec, given.row)
                    .isEqualTo(value);
        }
    }

    @Property(tries = 20_000)
    void noMatchingRowIsOutsideOfTheKeys(
            @ForAll("cases") Case given, @ForAll @IntRange(max = 1) int position, @ForAll boolean byValue) {
        MatchSpec spec = given.spec;
        Tuple row = given.row;
        if (position >= row.size() || row.get(position) == null) {
            return;
        }
        KeyRange keys = spec.keys(position, byValue);
        boolean found = spec.deciding(row) != null;
        Statistics.collect(keys.equals(Range.EVERY) ? "Every" : keys.getClass().getSimpleName(), found);

        if (found) {
            assertThat(isWithin(keys, row.get(position), byValue))
                    .as("%s has the keys %s and matches %s", spec, keys, row)
                    .isTrue();
        }
    }

    @Property
    void noKeyIsLookedUpTwice(@ForAll("specs") MatchSpec spec, @ForAll boolean byValue) {
        if (spec.keys(0, byValue) instanceof Keys keys) {
            for (Object key : keys.keys()) {
                assertThat(keys.keys().stream().filter(other -> same(key, other, byValue)))
                        .hasSize(1);
            }
            assertThat(keys.keys()).isSortedAccordingTo(Terms.ORDER);
        }
    }

    @Property
    void successorIsGreater(@ForAll("terms") @Nullable Object term) {
        Object successor = term == null ? null : Successor.of(term);
        if (successor != null) {
            assertThat(Terms.compare(term, successor)).isNegative();
        }
    }

    record Case(MatchSpec spec, Tuple row) {}

    /** As a table would find it: by look-up, which is exact or by value, or between the bounds. */
    private static boolean isWithin(KeyRange range, Object key, boolean byValue) {
        return range instanceof Keys keys
                ? keys.keys().stream().anyMatch(each -> same(each, key, byValue))
                : range.contains(key);
    }

    private static boolean same(Object a, Object b, boolean byValue) {
        return byValue ? Terms.compare(a, b) == 0 : a.equals(b);
    }

    @Provide
    Arbitrary<@Nullable Object> terms() {
        return Arbitraries.randomValue(random -> new RandomSpecs(random).term());
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.randomValue(random -> {
            RandomSpecs specs = new RandomSpecs(random);
            return new Case(specs.spec(), specs.row());
        });
    }

    @Provide
    Arbitrary<MatchSpec> specs() {
        return Arbitraries.randomValue(random -> new RandomSpecs(random).spec());
    }
}
