// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.supervisor.ChildExit;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;

/** The plans that plugins bring, by name. */
interface Plans {
    /**
     * Asks a plan on a thread of its own, and does not wait. The answer is cast to that process, unless the plan never gives
     * one: {@code {DECIDED, asked, decision, null}} or {@code {DECIDED, asked, null, problem}}.
     */
    void ask(String plan, ChildExit exit, Pid supervisor, Tuple asked);
}
