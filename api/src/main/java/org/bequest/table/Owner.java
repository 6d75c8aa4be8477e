// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.time.Instant;
import org.bequest.term.Pid;

/**
 * Who owns a table, as of the moment of asking. Only names and numbers; its text is what errors and listings show.
 * Immutable.
 */
public sealed interface Owner {
    /** A process of a module. */
    record Process(Pid pid, String module) implements Owner {
        @Override
        public String toString() {
            return "process " + pid + " (" + module + ")";
        }
    }

    /** A bundle; {@code id} tells apart bundles of one symbolic name. */
    record Bundle(String symbolicName, long id) implements Owner {
        @Override
        public String toString() {
            return "bundle " + symbolicName + " [" + id + "]";
        }
    }

    /** Nobody just now: the kernel keeps the table for the one who left it, or for his heir. */
    record Escrow(Owner from, Instant since) implements Owner {
        @Override
        public String toString() {
            return "escrow, left by " + from;
        }
    }
}
