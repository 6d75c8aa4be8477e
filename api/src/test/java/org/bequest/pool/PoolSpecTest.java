// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.bequest.process.ProcessSpec;
import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildSpec;
import org.junit.jupiter.api.Test;

class PoolSpecTest {
    private static final PoolSpec SPEC = PoolSpec.of("printers", "printer");

    @Test
    void defaultsAreThoseOfPoolboy_butForOverflow() {
        assertThat(SPEC.size()).isEqualTo(5);
        assertThat(SPEC.maxOverflow()).isZero();
        assertThat(SPEC.strategy()).isEqualTo(Strategy.LIFO);
        assertThat(SPEC.checkoutTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(SPEC.onBorrowerDeath()).isEqualTo(BorrowerDeath.RETURN);
        assertThat(SPEC.validation()).isNull();
        assertThat(SPEC.maxLifetime()).isNull();
        assertThat(SPEC.leakThreshold()).isNull();
    }

    @Test
    void whatWasSaidComesBack_whenItWentThroughATerm() {
        PoolSpec said = SPEC.argument("a")
                .size(1)
                .overflow(2)
                .linger(Duration.ofMillis(3))
                .strategy(Strategy.FIFO)
                .checkoutTimeout(Duration.ofMillis(4))
                .validation("fit", Duration.ofMillis(5))
                .maxLifetime(Duration.ofMillis(6))
                .leakThreshold(Duration.ofMillis(7))
                .onBorrowerDeath(BorrowerDeath.DISCARD)
                .shutdown(Duration.ofMillis(8));

        PoolSpec read = PoolSpec.ofTerm(said.toTerm());

        assertThat(read).isEqualTo(said).hasSameHashCodeAs(said).isNotEqualTo(SPEC);
        assertThat(read.argument()).isEqualTo("a");
        assertThat(read.size()).isEqualTo(1);
        assertThat(read.maxOverflow()).isEqualTo(2);
        assertThat(read.linger()).isEqualTo(Duration.ofMillis(3));
        assertThat(read.strategy()).isEqualTo(Strategy.FIFO);
        assertThat(read.checkoutTimeout()).isEqualTo(Duration.ofMillis(4));
        assertThat(read.validation()).isEqualTo("fit");
        assertThat(read.validationTimeout()).isEqualTo(Duration.ofMillis(5));
        assertThat(read.maxLifetime()).isEqualTo(Duration.ofMillis(6));
        assertThat(read.leakThreshold()).isEqualTo(Duration.ofMillis(7));
        assertThat(read.onBorrowerDeath()).isEqualTo(BorrowerDeath.DISCARD);
        assertThat(read.shutdown()).isEqualTo(Duration.ofMillis(8));
    }

    @Test
    void poolIsAChildThatWaitsForItsCodeAndIsNeverKilled() {
        ChildSpec child = SPEC.child();

        child.check(AutoShutdown.NEVER);
        assertThat(child.id()).isEqualTo("bequest.pool.printers").isEqualTo(child.name());
        assertThat(child.absenceLimit()).isEqualTo(ProcessSpec.FOREVER);
        assertThat(child.shutdown()).isEqualTo(ChildSpec.INFINITY);
        assertThat(PoolSpec.ofTerm(child.argument())).isEqualTo(SPEC);
    }

    @Test
    void whatCannotBeIsRefused_namingIt() {
        assertThatThrownBy(() -> PoolSpec.of(" ", "m")).hasMessageContaining("name must not be blank");
        assertThatThrownBy(() -> SPEC.size(-1)).hasMessageContaining("size must not be negative, was -1");
        assertThatThrownBy(() -> SPEC.overflow(-2)).hasMessageContaining("overflow must not be negative, was -2");
        assertThatThrownBy(() -> SPEC.linger(Duration.ZERO)).hasMessageContaining("linger must be positive");
        assertThatThrownBy(() -> SPEC.size(0).child())
                .isInstanceOf(PoolException.class)
                .hasMessageContaining("a size or an overflow of at least 1");
    }

    @Test
    void termThatIsNoSpecificationIsRefused() {
        for (Object wrong : new Object[] {
            "text",
            Map.of(),
            with("size", "five"),
            with("size", Long.MAX_VALUE),
            with("strategy", "random"),
            with("leak", Duration.ZERO),
            with("lifetime", -1L)
        }) {
            assertThatThrownBy(() -> PoolSpec.ofTerm(wrong))
                    .as("%s", wrong)
                    .isInstanceOfSatisfying(PoolException.class, refused -> assertThat(refused.problem())
                            .isEqualTo(PoolException.Problem.BAD_SPEC));
        }
    }

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> term = new HashMap<>(SPEC.toTerm());
        term.put(key, value);
        return term;
    }
}
