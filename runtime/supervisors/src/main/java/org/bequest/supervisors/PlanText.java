// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.bequest.supervisor.RestartPlan;

/**
 * Restart plans as configurations write them, each a word and what it is made with:
 *
 * <pre>
 * immediately | after MS | backoff FIRST_MS CAP_MS | up-to EXITS plan then plan | wait | delete | stop | named NAME
 * </pre>
 */
final class PlanText {
    private final Iterator<String> words;

    private PlanText(String text) {
        this.words = List.of(text.split("\\s+")).iterator();
    }

    /** @throws IllegalArgumentException that names the property, and says which word is wrong */
    static RestartPlan read(Setting setting) {
        PlanText text = new PlanText(setting.required());
        try {
            RestartPlan plan = text.plan();
            if (text.words.hasNext()) {
                throw unexpected("nothing more", text.words.next());
            }
            return plan;
        } catch (IllegalArgumentException refused) {
            throw setting.wrong("must be a restart plan (" + refused.getMessage() + ")");
        }
    }

    private RestartPlan plan() {
        String kind = next("a plan");
        return switch (kind) {
            case "immediately" -> RestartPlan.immediately();
            case "after" -> RestartPlan.after(millis());
            case "backoff" -> RestartPlan.backoff(millis(), millis());
            case "up-to" -> upTo(number("a number of exits"));
            case "wait" -> RestartPlan.waitForOperator();
            case "delete" -> RestartPlan.delete();
            case "stop" -> RestartPlan.stop();
            case "named" -> RestartPlan.named(next("the name of a plan"));
            default -> throw unexpected("immediately, after, backoff, up-to, wait, delete, stop or named", kind);
        };
    }

    private RestartPlan upTo(long exits) {
        RestartPlan first = plan();
        String then = next("then");
        if (!then.equals("then")) {
            throw unexpected("then", then);
        }
        return RestartPlan.upTo(exits, first, plan());
    }

    private Duration millis() {
        return Duration.ofMillis(number("a number of milliseconds"));
    }

    private long number(String what) {
        String word = next(what);
        try {
            return Long.parseUnsignedLong(word);
        } catch (NumberFormatException unreadable) {
            throw unexpected(what, word);
        }
    }

    private String next(String what) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(what + " is missing at the end");
        }
        return words.next();
    }

    private static IllegalArgumentException unexpected(String what, String word) {
        return new IllegalArgumentException(what + " is expected in place of '" + word + "'");
    }
}
