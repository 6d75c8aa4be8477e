// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that wait for a process, and calls that wait for its answer. Guarded by the process, but for {@link #put}. */
final class Mailbox {
    /* How it works. Anybody puts messages on a stack (the inbox), without a lock. Whoever has the process's monitor takes
     * the whole stack at once, and turns it over onto the end of a list (collect), from which messages are taken. So they
     * are taken in the order in which they were put. The stack is closed once and for all in the same step in which it is
     * emptied: a message is either found then, or refused. Messages are numbered in their stack, and then in the list, so how
     * many there are is the difference of two numbers: a process may be asked often while it has a million of them.
     */
    private static final Envelope CLOSED = new Envelope.Closed();
    private static final VarHandle INBOX = inbox();

    /** The last that was put in, with the others behind it. */
    @SuppressWarnings("unused") // see INBOX
    private volatile @Nullable Envelope inbox;
    /** What was in the inbox before, the other way round. */
    private @Nullable Envelope first;

    private @Nullable Envelope last;
    /** Calls whose handler has returned and that are not answered yet, by their number. */
    private Map<Long, PendingCall> open = Map.of();

    private static VarHandle inbox() {
        try {
            return MethodHandles.lookup().findVarHandle(Mailbox.class, "inbox", Envelope.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Returns false if it was closed: then nobody will ever see the message. By anybody. */
    boolean put(Envelope message) {
        for (; ; ) {
            Envelope top = inbox;
            if (top == CLOSED) {
                return false;
            }
            message.next = top;
            message.number = top == null ? 1 : top.number + 1;
            if (INBOX.compareAndSet(this, top, message)) {
                return true;
            }
        }
    }

    /** Whether something was put in that was not looked at. By anybody. */
    boolean hasNew() {
        return inbox != null && inbox != CLOSED;
    }

    /** Looks at what was put in, and returns what of that carries objects of that loader, which is out again. */
    List<Envelope> collect(@Nullable ClassLoader loader) {
        if (!hasNew()) {
            return List.of();
        }
        List<Envelope> removed = List.of();
        Envelope message = turnedOver((Envelope) INBOX.getAndSet(this, null));
        while (message != null) {
            Envelope next = message.next;
            if (loader != null && message.carries(loader)) {
                removed = removed.isEmpty() ? new ArrayList<>() : removed;
                removed.add(message);
            } else {
                add(message);
            }
            message = next;
        }
        return removed;
    }

    private static @Nullable Envelope turnedOver(@Nullable Envelope stack) {
        Envelope turned = null;
        Envelope rest = stack;
        while (rest != null) {
            Envelope next = rest.next;
            rest.next = turned;
            turned = rest;
            rest = next;
        }
        return turned;
    }

    private void add(Envelope message) {
        message.next = null;
        if (last == null) {
            first = message;
        } else {
            message.number = last.number + 1;
            last.next = message;
        }
        last = message;
    }

    int size() {
        return first == null ? sizeOfInbox() : sizeBehind(first) + 1;
    }

    /** How many there are behind that one, which was taken and leads to them. */
    int sizeBehind(Envelope taken) {
        return (last == null ? 0 : last.number - taken.number) + sizeOfInbox();
    }

    private int sizeOfInbox() {
        Envelope top = inbox;
        return top == null ? 0 : top.number;
    }

    /** The next message; null if there is none. It leads to those behind it, for who goes on with these by himself. */
    @Nullable
    Envelope take() {
        if (first == null) {
            collect(null);
        }
        Envelope message = first;
        if (message != null) {
            goOnWith(message.next);
        }
        return message;
    }

    /** That one is the next, since those before it were taken; null if all were. */
    void goOnWith(@Nullable Envelope next) {
        first = next;
        if (next == null) {
            last = null;
        } else if (last == null) {
            last = next; // it was thought to be taken
        }
    }

    /** Its handler has returned. It is open from now on, if somebody still waits for it. */
    void handled(PendingCall call) {
        call.outlived = true; // first, since who answers asks the other way round
        if (!call.reply.isDone()) {
            open = Few.with(open, call.ref, call);
        }
    }

    /** The call, which has outlived its handler, is answered, or nobody waits for it any more. */
    void close(PendingCall call) {
        open = Few.without(open, call.ref);
    }

    Optional<PendingCall> call(long ref) {
        return Optional.ofNullable(open.get(ref)).filter(call -> !call.reply.isDone());
    }

    /** Takes out the messages that carry objects of that loader. */
    List<Envelope> removeCarrying(ClassLoader loader) {
        List<Envelope> removed = new ArrayList<>();
        Envelope message = first;
        first = null;
        last = null;
        while (message != null) {
            Envelope next = message.next;
            if (message.carries(loader)) {
                removed.add(message);
            } else {
                add(message);
            }
            message = next;
        }
        removed.addAll(collect(loader));
        return removed;
    }

    /** Empties and closes it. Returns all calls that were not answered. */
    List<PendingCall> close() {
        List<PendingCall> calls = new ArrayList<>(open.values());
        open = Map.of();
        addCalls(first, calls);
        first = null;
        last = null;
        addCalls((Envelope) INBOX.getAndSet(this, CLOSED), calls);
        return calls;
    }

    private static void addCalls(@Nullable Envelope messages, List<PendingCall> calls) {
        for (Envelope message = messages; message != null; message = message.next) {
            PendingCall call = message.call();
            if (call != null) {
                calls.add(call);
            }
        }
    }
}
