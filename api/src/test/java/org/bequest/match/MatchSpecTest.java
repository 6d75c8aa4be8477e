// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.bequest.match.MatchSyntax.any;
import static org.bequest.match.MatchSyntax.column;
import static org.bequest.match.MatchSyntax.constant;
import static org.bequest.match.MatchSyntax.list;
import static org.bequest.match.MatchSyntax.match;
import static org.bequest.match.MatchSyntax.row;
import static org.bequest.match.MatchSyntax.rows;
import static org.bequest.match.MatchSyntax.tuple;
import static org.bequest.match.MatchSyntax.var;
import static org.bequest.match.MatchSyntax.variables;

import java.util.List;
import java.util.NoSuchElementException;
import org.bequest.term.NotATermException;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

class MatchSpecTest {

    private static final Tuple FLASH = Tuple.of("The Flash", "Grant Gustin", 7.6);

    @Test
    void selectsOfTheRowsThatFit() {
        MatchSpec spec = match(tuple(var(1), "Grant Gustin", var(2)))
                .where(var(2).greaterThan(7))
                .select(var(1), var(2));

        assertThat(spec.evaluate(FLASH).value()).isEqualTo(Tuple.of("The Flash", 7.6));
        assertThat(spec.evaluate(FLASH.with(2, 6)).found()).isFalse();
        assertThat(spec.evaluate(FLASH.with(1, "Melissa Benoist")).found()).isFalse();
        assertThat(spec.evaluate(Tuple.of("The Flash", "Grant Gustin")).found()).isFalse();
    }

    @Test
    void firstClauseThatFitsDecides() {
        MatchSpec spec = match(tuple(var(1), var(2), any()))
                .where(var(2).plus(1).greaterThan(3))
                .select(tuple(var(1), var(2).times(2)))
                .or(match(var(1)).select("other"));

        assertThat(spec.evaluate(Tuple.of("x", 3, true)).value()).isEqualTo(Tuple.of("x", 6));
        assertThat(spec.evaluate(Tuple.of("y", "no", 3)).value()).isEqualTo("other");
    }

    @Test
    void firstClauseThatFitsDecides_alsoIfItSaysFalse() {
        MatchSpec spec = match(tuple(1)).select(false).or(rows().select(true));

        assertThat(spec.test(Tuple.of(1))).isFalse();
        assertThat(spec.test(Tuple.of(2))).isTrue();
    }

    @Test
    void rowIsMeant_ifExactlyTrueIsSelected_orNothing() {
        Tuple row = Tuple.of("x", 3);

        assertThat(match(tuple(any(), var(1))).select(var(1)).test(row)).isFalse();
        assertThat(match(tuple(any(), var(1))).select(var(1).equalTo(3)).test(row))
                .isTrue();
        assertThat(match(tuple(any(), 3)).test(row)).isTrue();
        assertThat(match(tuple(any(), 4)).test(row)).isFalse();
    }

    @Test
    void noMatchIsNotNull() {
        Match match = match(tuple(var(1))).select(var(1)).evaluate(Tuple.of((Object) null));
        assertThat(match.found()).isTrue();
        assertThat(match.value()).isNull();

        Match none = match(tuple(1)).evaluate(Tuple.of(2));
        assertThat(none.found()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::value);
    }

    @Test
    void constantsInPatternsMatchExactly() {
        assertThat(match(tuple(1)).test(Tuple.of(1))).isTrue();
        assertThat(match(tuple(1)).test(Tuple.of(1.0))).isFalse();
        assertThat(match(tuple(Tuple.of(1, "a"))).test(Tuple.of(Tuple.of(1.0, "a"))))
                .isFalse();
        assertThat(match(constant(Tuple.of(1))).test(Tuple.of(1))).isTrue();
        assertThat(match(constant("row")).test(Tuple.of("row"))).isFalse();
        assertThat(match(tuple((Object) null)).test(Tuple.of((Object) null))).isTrue();
    }

    @Test
    void variableThatStandsTwiceWantsExactlyEqualTerms() {
        MatchSpec spec = match(tuple(var(5), list(any(), var(5))));

        assertThat(spec.test(Tuple.of(1, List.of("a", 1)))).isTrue();
        assertThat(spec.test(Tuple.of(1, List.of("a", 1.0)))).isFalse();
        assertThat(spec.test(Tuple.of(1, List.of("a", 1, 1)))).isFalse();
        assertThat(spec.test(Tuple.of(1, Tuple.of("a", 1)))).isFalse();
    }

    @Test
    void allVariablesComeByNumber() {
        assertThat(match(tuple(var(30), var(1), any(), var(30)))
                        .select(variables())
                        .evaluate(Tuple.of("x", 3, true, "x"))
                        .value())
                .isEqualTo(List.of(3L, "x"));
        assertThat(rows().select(variables()).evaluate(FLASH).value()).isEqualTo(List.of());
    }

    @Test
    void wholePatternMayBeAVariable() {
        assertThat(match(var(0)).select(list(var(0), row())).evaluate(FLASH).value())
                .isEqualTo(List.of(FLASH, FLASH));
    }

    @Test
    void guardThatIsNotTrueFails() {
        assertThat(rows().where(constant(true)).test(FLASH)).isTrue();
        assertThat(rows().where(constant(false)).test(FLASH)).isFalse();
        assertThat(rows().where(constant("true")).test(FLASH)).isFalse();
        assertThat(rows().where(constant(null)).test(FLASH)).isFalse();
        assertThat(rows().where(row().head()).test(FLASH)).isFalse();
        assertThat(rows().where(constant(true)).where(constant(false)).test(FLASH))
                .isFalse();
    }

    @Test
    void selectionWithoutAValueThrows_namingRowAndClause() {
        MatchSpec spec = match(tuple(var(1), var(2))).select(var(2).plus(1));

        assertThatExceptionOfType(MatchException.class)
                .isThrownBy(() -> spec.evaluate(Tuple.of("x", "no")))
                .withMessageContaining("{\"x\", \"no\"}")
                .withMessageContaining("match {$1, $2} select $2 + 1");
        assertThatExceptionOfType(MatchException.class).isThrownBy(() -> spec.test(Tuple.of("x", "no")));
    }

    @Test
    void columnsAreFoundByTheNamesOfATable() {
        MatchSpec spec = rows().where(column("rating").atLeast(7)).select(column("title"), column("lead"));
        MatchSpec resolved = spec.resolve(List.of("title", "lead", "rating"));

        assertThat(spec.columns()).containsExactly("lead", "rating", "title");
        assertThat(resolved.columns()).isEmpty();
        assertThat(resolved.evaluate(FLASH).value()).isEqualTo(Tuple.of("The Flash", "Grant Gustin"));
        assertThat(resolved.evaluate(FLASH.with(2, 6.9)).found()).isFalse();
        assertThat(resolved.resolve(List.of())).isSameAs(resolved);
    }

    @Test
    void columnsInsideOfShapesAndClausesAreFound() {
        MatchSpec spec =
                match(tuple(1, any())).or(rows().select(list(column("n").times(2))));

        assertThat(spec.resolve(List.of("id", "n")).evaluate(Tuple.of(2, 21)).value())
                .isEqualTo(List.of(42L));
    }

    @Test
    void unresolvedColumnsAreRefused() {
        MatchSpec spec = rows().where(column("rating").atLeast(7));

        assertThatIllegalStateException()
                .isThrownBy(() -> spec.test(FLASH))
                .withMessageContaining("rating")
                .withMessageContaining("column(\"rating\") >= 7");
        assertThatIllegalStateException().isThrownBy(() -> spec.evaluate(FLASH));
        assertThatIllegalStateException().isThrownBy(() -> spec.keys(0, false));
    }

    @Test
    void columnThatTheTableHasNotIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows().where(column("rating").atLeast(7)).resolve(List.of("title")))
                .withMessageContaining("rating")
                .withMessageContaining("title");
    }

    @Test
    void whatMakesNoSenseIsRefusedWhenItIsWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> match(tuple(var(1))).select(var(2)))
                .withMessageContaining("$2")
                .withMessageContaining("{$1}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows().where(any().equalTo(1)))
                .withMessageContaining("any()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> match(tuple(var(1).plus(1))))
                .withMessageContaining("$1 + 1");
        assertThatIllegalArgumentException().isThrownBy(() -> var(-1));
        assertThatExceptionOfType(NotATermException.class).isThrownBy(() -> match(tuple(new StringBuilder("mutable"))));
    }

    @Test
    void expressionsAreBoundedAsTermsAre() {
        assertThatExceptionOfType(NotATermException.class).isThrownBy(() -> {
            Expression sum = row();
            for (int i = 0; i <= Terms.MAX_DEPTH; i++) {
                sum = sum.plus(sum);
            }
        });
    }

    @Test
    void specsAreEqualIfTheyAreWrittenTheSame() {
        MatchSpec spec = match(tuple(1, var(1))).where(var(1).greaterThan(1));

        assertThat(spec)
                .isEqualTo(match(tuple(1, var(1))).where(var(1).greaterThan(1)))
                .hasSameHashCodeAs(match(tuple(1, var(1))).where(var(1).greaterThan(1)))
                .isNotEqualTo(match(tuple(1, var(1))).where(var(1).greaterThan(1.0)))
                .isNotEqualTo(match(tuple(1, var(1))))
                .isNotEqualTo(spec.or(spec));
    }

    @Test
    void specIsATermAndBack() {
        MatchSpec spec = match(tuple(var(1), list(any(), "a"), Tuple.of("row")))
                .where(var(1).plus(1).greaterThan(3), row().element(0).isNull().not())
                .select(variables())
                .or(match(var(0)).select(column("title")));

        assertThat(Terms.isTerm(spec.toTerm())).isTrue();
        assertThat(MatchSpec.ofTerm(spec.toTerm())).isEqualTo(spec);
        assertThat(rows().select("x").toTerm()).isEqualTo(List.of(Tuple.of(Tuple.of("any"), List.of(), "x")));
    }

    @Test
    void termsThatAreNoSpecAreRefused() {
        List<Object> wrong = List.of(
                7,
                List.of(),
                List.of(7),
                List.of(Tuple.of(Tuple.of("row"), List.of())),
                List.of(Tuple.of(Tuple.of("any"), "guard")),
                List.of(Tuple.of(Tuple.of("any"), List.of(), 1, 2)),
                List.of(Tuple.of(Tuple.of("any", 3), List.of())),
                List.of(Tuple.of(Tuple.of("var", -1), List.of())),
                List.of(Tuple.of(Tuple.of("var", "1"), List.of())),
                List.of(Tuple.of(Tuple.of("const", 1), List.of())),
                List.of(Tuple.of(Tuple.of(), List.of())),
                List.of(Tuple.of(Tuple.of("any"), List.of(Tuple.of("column", 7)))),
                List.of(Tuple.of(Tuple.of("any"), List.of(Tuple.of("+", 1)))),
                List.of(Tuple.of(Tuple.of("any"), List.of(Tuple.of("exit", 1)))));

        assertThat(wrong).allSatisfy(term -> assertThatIllegalArgumentException()
                .isThrownBy(() -> MatchSpec.ofTerm(Terms.copyOf(term)))
                .withMessageContaining("Not the term of a match specification"));
    }

    @Test
    void specIsReadableText() {
        assertThat(match(tuple(var(1), "Grant \"G\"", any(), list(var(2))))
                        .where(
                                var(2).plus(1).times(2).greaterThan(constant(7).minus(var(2))),
                                row().element(0).isString())
                        .select(variables())
                        .or(rows()))
                .hasToString("match {$1, \"Grant \\\"G\\\"\", _, [$2]} where (($2 + 1) * 2) > (7 - $2),"
                        + " is_string(element(0, row)) select variables or match _");
    }
}
