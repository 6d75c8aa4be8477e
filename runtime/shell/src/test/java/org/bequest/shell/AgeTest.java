// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgeTest {
    @Test
    void isSaidInOneUnit() {
        assertEquals("just now", Age.of(Duration.ofMillis(-5)));
        assertEquals("59 s ago", Age.of(Duration.ofSeconds(59)));
        assertEquals("3 min ago", Age.of(Duration.ofSeconds(239)));
        assertEquals("47 h ago", Age.of(Duration.ofHours(47)));
        assertEquals("2 days ago", Age.of(Duration.ofHours(48)));
    }
}
