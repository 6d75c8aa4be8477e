// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.PrintWriter;
import java.util.Map;

/** Shows how far the demo is: on a terminal in one line that is written over, elsewhere in a line now and then. */
final class Progress {
    private static final boolean TERMINAL = Boolean.getBoolean("bequest.terminal");
    private static final long INTERVAL_NANOS = TERMINAL ? 100_000_000L : 5_000_000_000L;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final int updates;
    private final int crashes;
    private long last = System.nanoTime() - INTERVAL_NANOS;

    Progress(PrintWriter out, int updates, int crashes) {
        this.out = out;
        this.updates = updates;
        this.crashes = crashes;
    }

    /** Called as often as one likes. */
    void show(Map<String, Object> state) {
        if (System.nanoTime() - last < INTERVAL_NANOS) {
            return;
        }
        last = System.nanoTime();
        String line = String.format(
                "Counting: pass %s, %,d calls, %s of %d updates, %s of %d crashes",
                state.get("pass"), state.get("calls"), state.get("updates"), updates, state.get("crashes"), crashes);
        out.print(TERMINAL ? CLEAR_LINE + line : line + System.lineSeparator());
        out.flush();
    }

    /** Writes a line that stays. */
    void note(String line) {
        out.println((TERMINAL ? CLEAR_LINE : "") + line);
    }

    /** Leaves nothing behind on a terminal. */
    void end() {
        out.print(TERMINAL ? CLEAR_LINE : "");
        out.flush();
    }
}
