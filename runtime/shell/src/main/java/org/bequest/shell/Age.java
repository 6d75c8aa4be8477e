// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.time.Duration;

/** How long ago something was, as a person says it. */
final class Age {
    private Age() {}

    static String of(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 1) {
            return "just now";
        }
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
    }
}
