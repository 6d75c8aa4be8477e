// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Specifications and rows over the same few terms, which are close to each other, so that much matches. */
final class RandomSpecs {

    private static final List<@Nullable Object> LEAVES = Arrays.asList(
            0L,
            0.0,
            -0.0,
            1L,
            1.0,
            2L,
            2.5,
            (1L << 53) + 1,
            0x1p53,
            Long.MAX_VALUE,
            0x1p63,
            BigInteger.ONE.shiftLeft(63),
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NaN,
            false,
            true,
            null,
            new UUID(0, 0),
            new UUID(-1, -1),
            "",
            "a",
            "a\0",
            "b");

    private static final List<Operator> COMPARISONS =
            Arrays.stream(Operator.values()).limit(8).toList();
    private static final List<Operator> CONNECTIVES =
            List.of(Operator.AND, Operator.AND_ALSO, Operator.OR, Operator.OR_ELSE, Operator.XOR);

    private final Random random;
    private final List<@Nullable Object> leaves;

    RandomSpecs(Random random) {
        this.random = random;
        this.leaves = several(2, 2, () -> one(LEAVES)).toList();
    }

    @Nullable
    Object term() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> Tuple.of(leaf(), leaf());
            case 2 -> Tuple.of(leaf(), leaf()).toList();
            default -> leaf();
        };
    }

    private @Nullable Object leaf() {
        return one(leaves);
    }

    Tuple row() {
        return Tuple.of(several(1, 2, this::term).toArray());
    }

    MatchSpec spec() {
        return MatchSpec.of(several(1, 2, this::clause).toList());
    }

    private Clause clause() {
        Pattern pattern = pattern();
        Clause clause = MatchSyntax.match(pattern)
                .where(several(0, 2, () -> guard(pattern)).toArray(Expression[]::new));
        return switch (random.nextInt(3)) {
            case 0 -> clause;
            case 1 -> clause.select(MatchSyntax.variables());
            default -> clause.select(guard(pattern));
        };
    }

    private Pattern pattern() {
        return switch (random.nextInt(8)) {
            case 0 -> MatchSyntax.any();
            case 1 -> MatchSyntax.var(1);
            case 2 -> MatchSyntax.constant(row());
            default -> MatchSyntax.tuple(several(1, 2, () -> element(2)).toArray());
        };
    }

    private Pattern element(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 10)) {
            case 0, 1 -> MatchSyntax.constant(term());
            case 2 -> MatchSyntax.any();
            case 3, 4, 5 -> MatchSyntax.var(1 + random.nextInt(3));
            case 6 -> MatchSyntax.list(element(depth - 1), element(depth - 1));
            default -> MatchSyntax.tuple(element(depth - 1), element(depth - 1));
        };
    }

    private Expression guard(Pattern pattern) {
        return random.nextInt(3) == 0
                ? Call.of(one(CONNECTIVES), comparison(pattern), comparison(pattern))
                : comparison(pattern);
    }

    private Expression comparison(Pattern pattern) {
        Expression operand = operand(pattern);
        return random.nextBoolean()
                ? Call.of(one(COMPARISONS), operand, term())
                : Call.of(one(COMPARISONS), term(), operand);
    }

    private Expression operand(Pattern pattern) {
        Pattern variable = MatchSyntax.var(1 + random.nextInt(3));
        Expression base =
                pattern.toString().contains(variable.toString()) ? variable : Row.ROW.element(random.nextInt(2));
        return random.nextInt(4) == 0 ? base.element(random.nextInt(2)) : base;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> Stream<T> several(int least, int most, Supplier<T> choice) {
        return Stream.generate(choice).limit(least + random.nextInt(most - least + 1));
    }
}
