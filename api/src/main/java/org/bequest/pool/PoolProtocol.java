// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The rows and messages in which borrowers and pools understand each other: for who writes another implementation, or looks
 * into the table. Borrow through {@link Pool}.
 *
 * <p>The table, a public set, has the name of the pool's process ({@link #name}). Each worker's place is one row, whose key is
 * an integer, and which is in one state; the key of the pool's own row is {@link #POOL}. Other rows are the pool's process's.
 * Whoever changes a place compares and sets.
 */
public final class PoolProtocol {
    /** The worker module of all pools. */
    public static final String MODULE = "bequest.pool";

    /** Prefix of the name of a borrower's table: the rest is the borrower's token. The pool's process is its heir. */
    public static final String BORROWER_PREFIX = "bequest.borrower.";

    // A place

    /** An integer. */
    public static final int SLOT = 0;
    /** {@link #STARTING} and the like. */
    public static final int STATE = 1;
    /** Of the worker; null only while it is {@link #STARTING} and its process has yet to be made. */
    public static final int PID = 2;
    /** The borrower's token, a string; null while it is not lent. */
    public static final int BORROWER = 3;
    /** Of what was {@link #OFFERED}: number of the request, an integer. Else null. */
    public static final int REQUEST = 4;
    /** When it was lent, an integer: milliseconds since 1970. Null unless leaks are looked for. */
    public static final int SINCE = 5;
    /** Where it was borrowed, a text. Null unless leaks are looked for. */
    public static final int STACK = 6;

    /** It has yet to start, or is being replaced. Only the pool's process goes on from here. */
    public static final String STARTING = "starting";
    /** It can be lent: whoever makes it {@link #BUSY} has it. */
    public static final String IDLE = "idle";
    /** Nobody has it, and the pool's process will say who gets it, or make it {@link #IDLE}. */
    public static final String HELD = "held";
    /** Given to one who waits, who makes it {@link #WANTED}. */
    public static final String OFFERED = "offered";
    /** Lent: its borrower makes it {@link #IDLE} again, without a word. */
    public static final String BUSY = "busy";
    /** Lent, and somebody waits: its borrower makes it {@link #HELD}, and tells the pool's process. */
    public static final String WANTED = "wanted";
    /**
     * Lent, and to be replaced: its borrower makes it {@link #STARTING}, and tells the pool's process. So he does with any that
     * he finds broken.
     */
    public static final String RETIRING = "retiring";

    // The pool's own row

    /** Its key. */
    public static final String POOL = "pool";
    /** Whether anything is lent: {@link #OPEN}, {@link #DRAINING} or {@link #ENDING}. */
    public static final int MODE = 1;
    /** {@link PoolSpec#toTerm}, with the present size and overflow. */
    public static final int SPEC = 2;

    public static final String OPEN = "open";
    public static final String DRAINING = "draining";
    public static final String ENDING = "ending";

    /** First element of the keys of those who wait in the queue. */
    public static final String WAITING = "waiting";

    // What the process is called with: tuples that begin with

    /** <code>{checkout, Request, Token, Wait, Stack}</code>: the row, {@link #OFFERED}; or {@link #FULL}, or a mode. */
    public static final String CHECKOUT = "checkout";
    /** <code>{resize, Size, Overflow}</code>. */
    public static final String RESIZE = "resize";
    /** <code>{drain}</code>: answered when nothing is lent any more. */
    public static final String DRAIN = "drain";
    /** <code>{resume}</code>. */
    public static final String RESUME = "resume";
    /** Nobody is idle, and the borrower does not want to wait for one. */
    public static final String FULL = "full";

    // What is cast to it: tuples that begin with

    /** <code>{returned}</code>: look whom it is for. */
    public static final String RETURNED = "returned";
    /** <code>{cancel, Request}</code>: its borrower does not wait any more. */
    public static final String CANCEL = "cancel";

    private PoolProtocol() {}

    /** The row of a place. */
    public static Tuple place(
            Object slot,
            String state,
            @Nullable Object pid,
            @Nullable Object borrower,
            @Nullable Object request,
            @Nullable Object since,
            @Nullable Object stack) {
        return Tuple.of(slot, state, pid, borrower, request, since, stack);
    }

    /** The row of a place that is not lent. */
    public static Tuple free(Object slot, String state, @Nullable Object pid) {
        return place(slot, state, pid, null, null, null, null);
    }

    /** Name of the process, and of the table, of the pool of that name. */
    public static String name(String pool) {
        return MODULE + "." + pool;
    }
}
