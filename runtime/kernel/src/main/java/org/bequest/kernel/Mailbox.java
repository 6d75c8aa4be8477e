// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that wait for a process, and calls that wait for its answer. Guarded by the process. */
final class Mailbox {
    /** The messages are a list through themselves. */
    private @Nullable Envelope first;

    private @Nullable Envelope last;
    /** Calls whose handler has returned and that are not answered yet, by their number. */
    private Map<Long, PendingCall> open = Map.of();

    void add(Envelope message) {
        if (last == null) {
            first = message;
        } else {
            last.next = message;
        }
        last = message;
    }

    int size() {
        int size = 0;
        for (Envelope message = first; message != null; message = message.next) {
            size++;
        }
        return size;
    }

    /** The next message; null if there is none. */
    @Nullable
    Envelope take() {
        Envelope message = first;
        if (message != null) {
            first = message.next;
            message.next = null;
            if (first == null) {
                last = null;
            }
        }
        return message;
    }

    /** Its handler has returned. It is open from now on, if somebody still waits for it. */
    void handled(PendingCall call) {
        if (!call.reply.isDone()) {
            open = Few.with(open, call.ref, call);
        }
    }

    /** The call is answered, or nobody waits for it any more. */
    void close(PendingCall call) {
        open = Few.without(open, call.ref);
    }

    Optional<PendingCall> call(long ref) {
        return Optional.ofNullable(open.get(ref));
    }

    /** Takes out the messages that carry objects of that loader. */
    List<Envelope> removeCarrying(ClassLoader loader) {
        List<Envelope> removed = new ArrayList<>();
        Envelope message = first;
        first = null;
        last = null;
        while (message != null) {
            Envelope next = message.next;
            message.next = null;
            if (message.carries(loader)) {
                removed.add(message);
            } else {
                add(message);
            }
            message = next;
        }
        return removed;
    }

    /** Empties it. Returns all calls that were not answered. */
    List<PendingCall> clear() {
        List<PendingCall> calls = new ArrayList<>(open.values());
        open = Map.of();
        for (Envelope message = take(); message != null; message = take()) {
            PendingCall call = message.call();
            if (call != null) {
                calls.add(call);
            }
        }
        return calls;
    }
}
