// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

/** Whom a supervisor restarts when one of its children has to be; {@code strategy}. */
public enum Strategy {
    /** That child only. */
    ONE_FOR_ONE,
    /** All children: the others are stopped, last first, then all are started, first first. */
    ONE_FOR_ALL,
    /** That child and those after it. */
    REST_FOR_ONE,
    /** That child only; all are of one specification, started by {@link Supervisor#startWith}, and have no ids. */
    SIMPLE_ONE_FOR_ONE
}
