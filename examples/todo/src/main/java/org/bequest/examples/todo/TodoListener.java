// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import org.bequest.term.Pid;

/**
 * Hears of to-do lists, as a service of this type; a handler of {@code GenEvent}. The manager calls it and waits, before it
 * answers whoever asked: what is slow here is slow there.
 */
public interface TodoListener {
    /** There is a new list, and the table says so already. */
    void created(String name, Pid list);

    /** A list has ended, and the table does not know it any more. */
    void exited(String name, Pid list);
}
