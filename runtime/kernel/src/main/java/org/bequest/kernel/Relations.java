// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bequest.process.ExitReason;
import org.bequest.term.Pid;

/**
 * Whom a process has to tell of its end, and who has to be told that it no longer listens. Made when there is the first of
 * them. Guarded by the process; once its last life is over nothing changes any more. This object's own monitor is held
 * while its monitors are told something, so that nothing comes after the end; a process's may be taken then, never the
 * other way.
 */
final class Relations {
    /** By pid; each is in the other's. */
    private Map<Pid, KernelProcess> links = Map.of();
    /** Monitors on this process, by number, with whose they are. */
    private Map<Long, KernelProcess> watchers = Map.of();
    /** This process's monitors, by number, with whom they are on. */
    private Map<Long, KernelProcess> watched = Map.of();
    /** Waits for its end, with whose they are. */
    private Map<CompletableFuture<ExitReason>, Life> waits = Map.of();

    /** Ties the two, or signals at once that the other has ended. */
    static void link(KernelProcess one, KernelProcess other) {
        if (!other.relate(relations -> relations.linked(one))) {
            one.exit(other.pid, ExitReason.NO_PROCESS);
        } else if (!one.relate(relations -> relations.linked(other))) {
            other.relate(relations -> relations.unlinked(one));
        }
    }

    static void unlink(KernelProcess one, KernelProcess other) {
        other.relate(relations -> relations.unlinked(one));
        one.relate(relations -> relations.unlinked(other));
    }

    private void linked(KernelProcess other) {
        links = Few.with(links, other.pid, other);
    }

    private void unlinked(KernelProcess other) {
        links = Few.without(links, other.pid);
    }

    static void monitor(KernelProcess watcher, long number, KernelProcess other) {
        watcher.relate(relations -> relations.watched = Few.with(relations.watched, number, other));
        if (!other.relate(relations -> relations.watchers = Few.with(relations.watchers, number, watcher))) {
            watcher.relate(relations -> relations.unwatched(number));
            watcher.down(number, other.pid, ExitReason.NO_PROCESS);
        }
    }

    static void demonitor(KernelProcess watcher, long number) {
        KernelProcess[] other = new KernelProcess[1];
        watcher.relate(relations -> other[0] = relations.unwatched(number));
        if (other[0] != null) {
            other[0].relate(relations -> relations.leftBy(number));
        }
    }

    private KernelProcess unwatched(long number) {
        KernelProcess other = watched.get(number);
        watched = Few.without(watched, number);
        return other;
    }

    private void leftBy(long number) {
        watchers = Few.without(watchers, number);
    }

    /** The monitors on this process at this moment. */
    Map<Long, KernelProcess> watchers() {
        return Map.copyOf(watchers);
    }

    void await(CompletableFuture<ExitReason> wait, Life life) {
        waits = Few.with(waits, wait, life);
    }

    /** Nobody of that life waits any more. */
    void forget(Life life) {
        for (Map.Entry<CompletableFuture<ExitReason>, Life> wait :
                Map.copyOf(waits).entrySet()) {
            if (wait.getValue() == life) {
                waits = Few.without(waits, wait.getKey());
            }
        }
    }

    /** The process's last life is over: tells everybody. */
    synchronized void ended(KernelProcess process, ExitReason reason) {
        watched.forEach((number, other) -> other.relate(relations -> relations.leftBy(number)));
        watchers.forEach((number, watcher) -> {
            watcher.relate(relations -> relations.unwatched(number));
            watcher.down(number, process.pid, reason);
        });
        for (KernelProcess other : links.values()) {
            other.relate(relations -> relations.unlinked(process));
            other.exit(process.pid, reason);
        }
        // Who waits has hung code of a plugin on it.
        waits.forEach((wait, life) -> {
            life.ended(process);
            process.kernel.scheduler.executeBlocking(() -> wait.complete(reason));
        });
    }
}
