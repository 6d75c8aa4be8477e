// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bequest.process.ExitReason;
import org.bequest.process.Signal;

/**
 * Whom a process has to tell of its end, and who has to be told that it no longer listens. Guarded by the process; once
 * its last life is over nothing changes any more. This object's own monitor is held while its monitors are told something,
 * so that nothing comes after the end; a process's may be taken then, never the other way.
 */
final class Relations {
    /** Each is in the other's. */
    final Set<KernelProcess> links = new HashSet<>();
    /** Monitors on this process, by number, with whose they are. */
    final Map<Long, KernelProcess> watchers = new HashMap<>();
    /** This process's monitors, by number, with whom they are on. */
    final Map<Long, KernelProcess> watched = new HashMap<>();
    /** Waits for its end, with whose they are. */
    final Map<CompletableFuture<ExitReason>, Life> waits = new HashMap<>();

    /** Ties the two, or signals at once that the other has ended. */
    static void link(KernelProcess one, KernelProcess other) {
        if (!other.relate(relations -> relations.links.add(one))) {
            one.exit(other.pid, ExitReason.NO_PROCESS);
        } else if (!one.relate(relations -> relations.links.add(other))) {
            other.relate(relations -> relations.links.remove(one));
        }
    }

    static void unlink(KernelProcess one, KernelProcess other) {
        other.relate(relations -> relations.links.remove(one));
        one.relate(relations -> relations.links.remove(other));
    }

    static void monitor(KernelProcess watcher, long number, KernelProcess other) {
        watcher.relate(relations -> relations.watched.put(number, other));
        if (!other.relate(relations -> relations.watchers.put(number, watcher))) {
            watcher.relate(relations -> relations.watched.remove(number));
            watcher.post(new Envelope.Told(new Signal.Down(number, other.pid, ExitReason.NO_PROCESS)));
        }
    }

    static void demonitor(KernelProcess watcher, long number) {
        KernelProcess[] other = new KernelProcess[1];
        watcher.relate(relations -> other[0] = relations.watched.remove(number));
        if (other[0] != null) {
            other[0].relate(relations -> relations.watchers.remove(number));
        }
    }

    /** The process's last life is over: tells everybody. */
    synchronized void ended(KernelProcess process, ExitReason reason, Scheduler scheduler) {
        watched.forEach((number, other) -> other.relate(relations -> relations.watchers.remove(number)));
        watchers.forEach((number, watcher) -> {
            watcher.relate(relations -> relations.watched.remove(number));
            watcher.post(new Envelope.Told(new Signal.Down(number, process.pid, reason)));
        });
        for (KernelProcess other : links) {
            other.relate(relations -> relations.links.remove(process));
            other.exit(process.pid, reason);
        }
        // Who waits has hung code of a plugin on it.
        waits.forEach((wait, life) -> {
            life.ended(process);
            scheduler.executeBlocking(() -> wait.complete(reason));
        });
    }
}
