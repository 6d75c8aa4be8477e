// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

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
    /** Number of the lease, an integer that no other lease has; null while it is not lent. */
    public static final int LEASE = 3;
    /** The borrower's token, a string; null while it is not lent. */
    public static final int BORROWER = 4;
    /** When it came to its state, an integer: milliseconds since 1970. */
    public static final int SINCE = 5;
    /** Where it was borrowed, a text; only there if leaks are looked for. */
    public static final int STACK = 6;

    /** It has yet to start, or is being replaced. Only the pool's process goes on from here. */
    public static final String STARTING = "starting";
    /** It can be lent: whoever makes it {@link #BUSY} has it. */
    public static final String IDLE = "idle";
    /** Given to one who waits, who makes it {@link #BUSY}. */
    public static final String OFFERED = "offered";
    /**
     * Lent: its borrower makes it {@link #IDLE} again, and tells the pool's process if somebody waits; or {@link #STARTING}, and
     * tells it, if the worker is broken.
     */
    public static final String BUSY = "busy";
    /** Lent: its borrower makes it {@link #STARTING} when he returns it, and tells the pool's process. */
    public static final String RETIRING = "retiring";

    // The pool's own row

    /** Its key. */
    public static final String POOL = "pool";
    /** How many wait for something to be returned, an integer. Written before the process looks for something idle. */
    public static final int WAITING = 1;
    /** Whether anything is lent: {@link #OPEN}, {@link #DRAINING} or {@link #ENDING}. */
    public static final int MODE = 2;
    /** {@link PoolSpec#toTerm}, with the present size and overflow. */
    public static final int SPEC = 3;

    public static final String OPEN = "open";
    public static final String DRAINING = "draining";
    public static final String ENDING = "ending";

    // What the process is called with: tuples that begin with

    /** <code>{checkout, Lease, Token, Wait, Stack}</code>: the row, {@link #OFFERED}; or {@link #FULL}, or a mode. */
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
    /** <code>{cancel, Lease}</code>: its borrower does not wait any more. */
    public static final String CANCEL = "cancel";

    private PoolProtocol() {}

    /** Name of the process, and of the table, of the pool of that name. */
    public static String name(String pool) {
        return MODULE + "." + pool;
    }
}
