// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.bequest.process.ExitReason;
import org.bequest.table.FencedException;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * What rights are bound to: one start of a bundle, or one behaviour of a process. It ends once and never comes back; the
 * same bundle started again, or the same process with new code, has another life.
 */
abstract class Life {
    /** What it owns; null if it never owned anything. Guarded by the ledger. */
    private @Nullable Set<KernelTable> tables;
    /** Tables of others that it has written to, none of which it keeps alive; null if it never did. Guarded by this. */
    private @Nullable Set<KernelTable> visited;
    /** Processes whose end it waits for; null if it never did. */
    private volatile @Nullable Set<KernelProcess> awaited;

    private volatile boolean over;

    abstract Owner who();

    /** What it owns just now. */
    final List<KernelTable> tables() {
        return tables == null ? List.of() : List.copyOf(tables);
    }

    final void gain(KernelTable table) {
        if (tables == null) {
            tables = new HashSet<>();
        }
        tables.add(table);
    }

    final void lose(KernelTable table) {
        if (tables != null) {
            tables.remove(table);
        }
    }

    final boolean over() {
        return over;
    }

    /** By the ledger only, before it moves the tables away. Returns the tables of others where a write may be under way. */
    final synchronized List<KernelTable> end() {
        over = true;
        return visited == null ? List.of() : List.copyOf(visited);
    }

    /**
     * Somebody is about to write to a table that is not its own. By one who has passed the table's gate: so whoever ends this
     * life later waits for that write.
     *
     * @throws FencedException if this life is over
     */
    final synchronized void visit(KernelTable table, String tried) {
        check(tried + " table '" + table.name() + "'");
        if (visited == null) {
            visited = Collections.newSetFromMap(new WeakHashMap<>());
        }
        visited.add(table);
    }

    /**
     * Does something that must be done before this life ends, or never: whoever finds it over finds that done, or it will
     * not be. Takes monitors of processes, and must not wait.
     *
     * @throws FencedException if this life is over
     */
    final synchronized void beforeTheEnd(String tried, Runnable change) {
        check(tried);
        change.run();
    }

    /** @throws FencedException if this life is over */
    final void check(String tried) {
        check(tried, "");
    }

    /**
     * The same, for what is done often: nothing is put together unless it has to be said.
     *
     * @throws FencedException if this life is over
     */
    final void check(String tried, Object with) {
        if (over) {
            throw new FencedException(
                    "The life of " + who() + " in which this was obtained is over, and so is the right to " + tried
                            + with + ". Whoever lives on gets new handles from its own Tables, Processes or Self.");
        }
    }

    /** Completes when the process ends, unless this life does before. */
    final CompletableFuture<ExitReason> await(KernelProcess process) {
        CompletableFuture<ExitReason> wait = new CompletableFuture<>();
        awaited().add(process);
        if (!process.relate(relations -> relations.await(wait, this))) {
            wait.complete(ExitReason.NO_PROCESS);
        }
        if (over) {
            forget();
        }
        return wait;
    }

    private synchronized Set<KernelProcess> awaited() {
        Set<KernelProcess> present = awaited;
        return present == null ? awaited = ConcurrentHashMap.newKeySet() : present;
    }

    /** A process that was waited for has ended. */
    final void ended(KernelProcess process) {
        Set<KernelProcess> processes = awaited;
        if (processes != null) {
            processes.remove(process);
        }
    }

    /** This life has ended: lets go of what its code has hung on others. */
    void forget() {
        Set<KernelProcess> processes = awaited;
        if (processes != null) {
            processes.forEach(process -> process.relate(relations -> relations.forget(this)));
            processes.clear();
        }
    }

    /** The name under which a later life may claim what this one left in escrow. */
    abstract String claimant();

    /** Whether it is the one meant, so that it may claim what waits for that heir. */
    abstract boolean answersTo(Recipient recipient);

    /** Says that a table is its own now. Called under the ledger's lock; must not wait. */
    abstract void transferred(KernelTable table, Owner from, @Nullable Object gift);
}
