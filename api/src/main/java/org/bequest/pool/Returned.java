// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Places to try, each once: first those on a stack, then those in a queue. Any thread, without a lock. */
final class Returned {
    /* A pool uses one of both: a stack for last in, first out, which is the cheaper one; a queue for first in, first out, and
     * for what was seen in the rows.
     */
    private final AtomicReference<@Nullable Node> stack = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Place> queue = new ConcurrentLinkedQueue<>();

    private static final class Node {
        private final Place place;
        private @Nullable Node next;

        Node(Place place) {
            this.place = place;
        }
    }

    /** @param first whether it is to be the next */
    void add(Place place, boolean first) {
        if (!first) {
            queue.add(place);
            return;
        }
        Node node = new Node(place);
        do {
            node.next = stack.get();
        } while (!stack.weakCompareAndSetVolatile(node.next, node));
    }

    /** Null if there is none. */
    @Nullable
    Place poll() {
        for (Node top = stack.get(); top != null; top = stack.get()) {
            if (stack.weakCompareAndSetVolatile(top, top.next)) {
                return top.place;
            }
        }
        return queue.poll();
    }

    void clear() {
        stack.set(null);
        queue.clear();
    }
}
