// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bequest.process.Signal;
import org.bequest.table.Owner;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** What lies in a mailbox; in one only, and once. */
abstract sealed class Envelope {
    /** The one before or after it. By the mailbox. */
    @Nullable
    Envelope next;

    /** One more than that of the one put before it, so that nobody has to count them. By the mailbox. */
    int number;

    /** No message: it marks a mailbox that takes none any more. */
    static final class Closed extends Envelope {}

    static final class Cast extends Envelope {
        final Object message;

        Cast(Object message) {
            this.message = message;
        }

        @Override
        Object content() {
            return message;
        }
    }

    static final class Request extends Envelope {
        final PendingCall call;
        final Object request;

        Request(PendingCall call, Object request) {
            this.call = call;
            this.request = request;
        }

        @Override
        PendingCall call() {
            return call;
        }

        @Override
        Object content() {
            return request;
        }
    }

    /** A call of a living service. */
    static final class Invocation extends Envelope {
        final PendingCall call;
        final Method method;
        final Object[] arguments;

        Invocation(PendingCall call, Method method, Object[] arguments) {
            this.call = call;
            this.method = method;
            this.arguments = arguments;
        }

        @Override
        PendingCall call() {
            return call;
        }

        @Override
        Object content() {
            return arguments;
        }
    }

    static final class Told extends Envelope {
        final Signal signal;
        /** When it happened, of {@link System#nanoTime}. */
        final long since = System.nanoTime();

        Told(Signal signal) {
            this.signal = signal;
        }
    }

    /** A table has come. The handle is made when it is handled, for the life that handles it. */
    static final class Given extends Envelope {
        final KernelTable table;
        final Owner from;
        final @Nullable Object gift;

        Given(KernelTable table, Owner from, @Nullable Object gift) {
            this.table = table;
            this.from = from;
            this.gift = gift;
        }
    }

    /** Who waits for an answer to it; null if nobody. */
    @Nullable
    PendingCall call() {
        return null;
    }

    /** What a plugin has put in; null if nothing. */
    @Nullable
    Object content() {
        return null;
    }

    /**
     * Whether it holds an object of a class of that loader, as far as can be seen without running code of a plugin. What
     * changes while it is looked at is no message, and counts as one that does.
     */
    final boolean carries(ClassLoader loader) {
        try {
            return holds(content(), loader);
        } catch (RuntimeException changing) {
            return true;
        }
    }

    private static boolean holds(@Nullable Object content, ClassLoader loader) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        push(open, content);
        while (!open.isEmpty()) {
            Object next = open.pop();
            Class<?> type = next.getClass();
            while (type.isArray()) {
                type = type.getComponentType();
            }
            if (type.getClassLoader() == loader) {
                return true;
            }
            // What the JDK brings is looked into; a plugin's own collection is not asked.
            if (next.getClass().isArray() || type.getClassLoader() == null) {
                if (!Terms.isTerm(next) && seen.add(next)) {
                    elements(next).forEach(element -> push(open, element));
                }
            }
        }
        return false;
    }

    private static void push(Deque<Object> open, @Nullable Object element) {
        if (element != null) {
            open.push(element);
        }
    }

    private static Collection<?> elements(Object content) {
        if (content instanceof Object[] array) {
            return Arrays.asList(array);
        }
        if (content instanceof Collection<?> collection) {
            return collection;
        }
        if (content instanceof Map<?, ?> map) {
            return Arrays.asList(map.keySet(), map.values());
        }
        if (content instanceof Optional<?> optional) {
            return optional.stream().toList();
        }
        return Collections.emptyList();
    }
}
