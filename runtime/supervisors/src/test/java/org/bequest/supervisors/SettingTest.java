// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Strategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingTest {
    private static Setting setting(@Nullable String text) {
        return new Setting("its.name", text);
    }

    private static void assertRefused(ThrowingCallable reading, String was) {
        assertThatThrownBy(reading)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("its.name must be ")
                .hasMessageEndingWith(was);
    }

    @Test
    void settingIsReadAsWhatItIsMeantToBe() {
        assertThat(setting(" text ").required()).isEqualTo("text");
        assertThat(setting("12").number()).isEqualTo(12);
        assertThat(setting("1500").time()).isEqualTo(Duration.ofMillis(1500));
        assertThat(setting("infinity").time()).isEqualTo(ChildSpec.INFINITY);
        assertThat(setting("TRUE").yes()).isTrue();
        assertThat(setting("one-for-all").oneOf(Strategy.class)).isEqualTo(Strategy.ONE_FOR_ALL);
        assertThat(setting(null).isSet()).isFalse();
        assertThat(setting(" ").isSet()).isFalse();
    }

    @Test
    void whatCannotBeReadIsRefused_withTheProperty() {
        assertRefused(() -> setting(null).required(), "blank");
        assertRefused(() -> setting(" ").required(), "' '");
        assertRefused(() -> setting("-1").number(), "'-1'");
        assertRefused(() -> setting("-1").time(), "'-1'");
        assertRefused(() -> setting("99999999999999999999").time(), "'99999999999999999999'");
        assertRefused(() -> setting("18446744073709551615").time(), "'18446744073709551615'");
        assertRefused(() -> setting("perhaps").yes(), "'perhaps'");
        assertRefused(() -> setting("all").oneOf(Strategy.class), "'all'");
    }
}
