// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;

/** Time as rows keep it: milliseconds of a clock that never jumps, the same for all bundles of this JVM. */
final class Clock {
    /** Later than any time. */
    static final long NEVER = Long.MAX_VALUE;

    private Clock() {}

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    static long in(Duration delay) {
        return after(now(), delay);
    }

    static long after(long time, Duration delay) {
        return delay.compareTo(Duration.ofMillis(NEVER - time)) >= 0 ? NEVER : time + delay.toMillis();
    }

    /** {@link #NEVER} for one that is too long. */
    static long millis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(NEVER)) >= 0 ? NEVER : duration.toMillis();
    }

    static Duration until(long time) {
        return Duration.ofMillis(Math.max(0, time - now()));
    }
}
