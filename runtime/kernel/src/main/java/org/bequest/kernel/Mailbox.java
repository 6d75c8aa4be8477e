// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that wait for a process, and calls that wait for its answer. Guarded by the process. */
final class Mailbox {
    private final Deque<Envelope> messages = new ArrayDeque<>(1);
    /** Calls that were taken and are not answered yet. */
    private final Map<Long, PendingCall> open = new HashMap<>(1);

    void add(Envelope message) {
        messages.add(message);
    }

    int size() {
        return messages.size();
    }

    /** The next message; null if there is none. A call is open from now on, if somebody still waits for it. */
    @Nullable
    Envelope take() {
        Envelope message = messages.poll();
        PendingCall call = message == null ? null : message.call();
        if (call != null && !call.reply.isDone()) {
            open.put(call.ref, call);
        }
        return message;
    }

    /** The call is answered, or nobody waits for it any more. */
    void close(PendingCall call) {
        open.remove(call.ref);
    }

    Optional<PendingCall> call(long ref) {
        return Optional.ofNullable(open.get(ref));
    }

    /** Takes out the messages that carry objects of that loader. */
    List<Envelope> removeCarrying(ClassLoader loader) {
        List<Envelope> removed = new ArrayList<>();
        messages.removeIf(message -> message.carries(loader) && removed.add(message));
        return removed;
    }

    /** Empties it. Returns all calls that were not answered. */
    List<PendingCall> clear() {
        List<PendingCall> calls = new ArrayList<>(open.values());
        for (Envelope message : messages) {
            PendingCall call = message.call();
            if (call != null) {
                calls.add(call);
            }
        }
        messages.clear();
        open.clear();
        return calls;
    }
}
