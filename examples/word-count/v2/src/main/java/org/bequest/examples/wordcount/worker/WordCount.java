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
 * Counts words as version 1 does, and also knows the longest one that it has met. It takes up the state of version 1,
 * which has no such word, and version 1 takes up this one's: each reads of the map what it knows.
 */
final class WordCount implements Worker {
    private WordCounts counts; // from the first call on
    private long lines;
    private String longest = "";

    @Override
    public void onStart(Self self, @Nullable Object argument) {
        counts = new WordCounts(self.tables());
    }

    @Override
    public void onCall(Self self, Object request, Caller caller) {
        if (request instanceof Tuple line) {
            for (String word : counts.add(line)) {
                longest = word.length() > longest.length() ? word : longest;
            }
            lines++;
            caller.reply(lines);
        } else if (request.equals("stats")) {
            caller.reply(Map.of("lines", lines, "longest", longest));
        } else {
            caller.fail("Send {\"line\", File, Pass, Number, Text}, or \"stats\"");
        }
    }

    @Override
    public Object onSuspend(Self self) {
        return Map.of("lines", lines, "longest", longest);
    }

    @Override
    public void onResume(Self self, Handover handover) {
        onStart(self, handover.argument());
        if (handover.state() instanceof Map<?, ?> state) {
            lines = (Long) state.get("lines");
            longest = state.get("longest") instanceof String word ? word : "";
        }
    }
}
