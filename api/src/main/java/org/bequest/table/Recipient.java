// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.Objects;
import org.bequest.term.Pid;

/**
 * Whom a table is for: the address of a process or of a bundle. Only names and numbers, never an object of the one it
 * names, so that keeping a recipient keeps no code alive. Immutable.
 */
public sealed interface Recipient {
    /** That one process, alive or not. */
    record Process(Pid pid) implements Recipient {
        public Process {
            Objects.requireNonNull(pid, "pid");
        }

        @Override
        public String toString() {
            return "process " + pid;
        }
    }

    /** Whichever process is registered under the name at the moment that it matters. */
    record Named(String name) implements Recipient {
        public Named {
            requireText(name, "name");
        }

        @Override
        public String toString() {
            return "process '" + name + "'";
        }
    }

    /** Whichever running bundle of that symbolic name uses Bequest at the moment that it matters. */
    record Bundle(String symbolicName) implements Recipient {
        public Bundle {
            requireText(symbolicName, "symbolicName");
        }

        @Override
        public String toString() {
            return "bundle " + symbolicName;
        }
    }

    static Recipient process(Pid pid) {
        return new Process(pid);
    }

    static Recipient named(String name) {
        return new Named(name);
    }

    static Recipient bundle(String symbolicName) {
        return new Bundle(symbolicName);
    }

    private static void requireText(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
    }
}
