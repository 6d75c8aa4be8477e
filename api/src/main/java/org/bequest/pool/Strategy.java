// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

/** Which idle worker is lent first; poolboy's {@code strategy}. */
public enum Strategy {
    /** The one that was returned last: few workers are kept warm. */
    LIFO,
    /** The one that was returned first: all are used alike. */
    FIFO
}
