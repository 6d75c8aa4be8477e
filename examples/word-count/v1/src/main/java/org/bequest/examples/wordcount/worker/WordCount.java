// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.worker;

import java.util.Map;
import org.bequest.examples.wordcount.WordCounts;
import org.bequest.process.Caller;
import org.bequest.process.Handover;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Counts the words of the lines that it is sent. The counts are in a table, which outlives this object by itself; the
 * number of lines is a field, so it is handed over.
 */
final class WordCount implements Worker {
    private WordCounts counts; // from the first call on
    private long lines;

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        counts = new WordCounts(self.tables());
    }

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        if (request instanceof Tuple line) {
            counts.add(line);
            lines++;
            caller.reply(lines);
        } else if (request.equals("stats")) {
            caller.reply(Map.of("lines", lines));
        } else {
            caller.fail("Send {\"line\", File, Pass, Number, Text}, or \"stats\"");
        }
    }

    @Override
    public Object onSuspend(Self self) {
        return Map.of("lines", lines);
    }

    @Override
    public void onResume(Self self, Handover handover) {
        onStart(self, handover.argument());
        if (handover.state() instanceof Map<?, ?> state) {
            lines = (Long) state.get("lines");
        }
    }
}
