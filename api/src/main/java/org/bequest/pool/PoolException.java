// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

/** A pool refuses. The message says what was tried and what to do instead. */
public final class PoolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Problem {
        /** There is no such pool. */
        NOT_FOUND,
        /** No worker was free in time. */
        TIMEOUT,
        /** The pool lends nothing until it is {@linkplain Pool#resume resumed}. */
        DRAINING,
        /** The pool is about to end. */
        ENDING,
        /** The lease was returned. */
        RETURNED,
        /** The specification cannot be. */
        BAD_SPEC
    }

    private final Problem problem;

    public PoolException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
