// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

/**
 * Thrown where a term is needed and none can be made of the value given. The message says where in the value, and what
 * is wrong there. It is all text: neither the value nor its class is held, so no class loader is.
 */
public final class NotATermException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_POSITION = 120;
    private static final String ACCEPTED =
            "Terms are null, booleans, integers (byte, short, int, long, BigInteger), floats"
                    + " (float, double), String, Binary (or byte[]), UUID, Pid, java.time values, Tuple, and List and Map of terms.";

    private String position = "";
    private final String problem;

    private NotATermException(String problem) {
        this.problem = problem;
    }

    static NotATermException of(Object value) {
        return new NotATermException("is of " + value.getClass().getTypeName() + ", which is not a term. " + ACCEPTED);
    }

    static NotATermException nullKey() {
        return new NotATermException("is null, which is never a key");
    }

    static NotATermException sameKeys(Object key) {
        return new NotATermException("has two keys that become the same term, " + Text.shortOf(key));
    }

    static NotATermException tooDeep() {
        return new NotATermException("is nested deeper than " + Terms.MAX_DEPTH
                + " levels, or contains itself; keep parts in rows of their own");
    }

    static NotATermException tooMany() {
        return new NotATermException(
                "holds more than " + Terms.MAX_ELEMENTS + " elements, or has no end; keep parts in rows of their own");
    }

    /** Puts a step before the position, while the exception is on its way out of nested values. */
    NotATermException within(String step) {
        position = step + position;
        if (position.length() > LONGEST_POSITION) {
            position = position.substring(0, LONGEST_POSITION - 1) + "…";
        }
        return this;
    }

    /**
     * Returns where in the value it is, such as <code>[2]["name"][0]</code>: indexes of tuples and lists, counted from
     * zero, and keys of maps; <code>{key}</code> is a key itself. Empty if it is the value as a whole; ends in an
     * ellipsis if it is too long to read.
     */
    public String position() {
        return position;
    }

    @Override
    public String getMessage() {
        return (position.isEmpty() ? "The value " : "The value at " + position + " ") + problem;
    }
}
