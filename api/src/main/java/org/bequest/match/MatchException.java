// SPDX-License-Identifier: Apache-2.0
package org.bequest.match;

import org.bequest.term.Tuple;

/**
 * What a clause selects has no value for a row that it fits, such as the sum of a string. The message names the row, the
 * clause and what it selects; it is all text. (ETS puts the atom {@code 'EXIT'} among the results instead.)
 */
public final class MatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_ROW = 200;

    MatchException(Clause clause, Expression body, Tuple row) {
        super("Selecting " + body + " fails for the row " + cut(row.toString()) + ", which fits the clause '" + clause
                + "'. Let where(...) ask first for what the operators need, such as isNumber()");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_ROW ? text : text.substring(0, LONGEST_ROW - 1) + "…";
    }
}
