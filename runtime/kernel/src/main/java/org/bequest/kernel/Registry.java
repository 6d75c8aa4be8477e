// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bequest.process.NameTakenException;
import org.bequest.process.Signal;
import org.bequest.table.Owner;
import org.bequest.table.Recipient;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** Who is there: processes by pid and by name, bundles by id, and who waits for whom to arrive. */
final class Registry implements Directory {
    /** Tells the pids of this run of the kernel from those of others. */
    private final long node = System.currentTimeMillis();

    private final AtomicLong lastNumber = new AtomicLong();
    private final Map<Pid, KernelProcess> processes = new ConcurrentHashMap<>();
    private final Map<String, KernelProcess> names = new ConcurrentHashMap<>();
    private final Map<Long, BundleLife> bundles = new ConcurrentHashMap<>();
    private final Map<Recipient, Set<KernelProcess>> watchers = new ConcurrentHashMap<>();

    Pid newPid() {
        return new Pid(node, lastNumber.incrementAndGet());
    }

    /**
     * It can be found from now on, also by its name if it is to have one.
     *
     * @throws IllegalArgumentException if its pid is another's, or none that was given out
     */
    void add(KernelProcess process, @Nullable String name) {
        Pid pid = process.pid;
        if (pid.node() != node || pid.number() < 1 || pid.number() > lastNumber.get()) {
            throw new IllegalArgumentException(
                    pid + " is no pid of this kernel for " + process.module.name + " to run under. Ask for one first.");
        }
        KernelProcess holder = processes.putIfAbsent(pid, process);
        if (holder != null) {
            throw new IllegalArgumentException(
                    pid + " is the pid of " + holder + " already. Ask for another for each process.");
        }
        if (name != null) {
            register(process, name);
        }
    }

    /** Its last life is over: it can neither be found nor take a name any more. Under the ledger's lock. */
    void remove(KernelProcess process, List<String> itsNames) {
        processes.remove(process.pid, process);
        itsNames.forEach(name -> names.remove(name, process));
        watchers.values().forEach(watching -> watching.remove(process));
    }

    @Nullable
    KernelProcess process(Pid pid) {
        return processes.get(pid);
    }

    @Nullable
    KernelProcess process(String name) {
        return names.get(name);
    }

    Optional<Pid> whereis(String name) {
        return Optional.ofNullable(names.get(name)).map(process -> process.pid);
    }

    Collection<KernelProcess> processes() {
        return processes.values();
    }

    void register(KernelProcess process, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A process's name must not be blank");
        }
        KernelProcess holder = names.putIfAbsent(name, process);
        if (holder == process) {
            return;
        }
        if (holder != null) {
            throw new NameTakenException("The name '" + name + "' is taken by " + holder + "; " + process
                    + " tried to register it. Choose another, or wait until that one has ended.");
        }
        if (process.addName(name)) {
            arrived(new Recipient.Named(name), process.life().who());
        } else {
            names.remove(name, process);
        }
    }

    void unregister(KernelProcess process, String name) {
        if (names.remove(name, process)) {
            process.removeName(name);
        }
    }

    @Override
    public @Nullable Life find(Recipient recipient) {
        if (recipient instanceof Recipient.Process one) {
            return lifeOf(processes.get(one.pid()));
        }
        if (recipient instanceof Recipient.Named named) {
            return lifeOf(names.get(named.name()));
        }
        Recipient.Bundle bundle = (Recipient.Bundle) recipient;
        return bundles.values().stream()
                .filter(life -> life.answersTo(bundle) && !life.over())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Life lifeOf(@Nullable KernelProcess process) {
        return process == null ? null : process.life();
    }

    /** The present life of a bundle, begun if this is the first time that it asks. */
    BundleLife bundle(Kernel kernel, Owner.Bundle bundle) {
        BundleLife life = bundles.get(bundle.id());
        if (life == null) {
            BundleLife fresh = new BundleLife(kernel, bundle);
            life = bundles.putIfAbsent(bundle.id(), fresh);
            if (life == null) {
                life = fresh;
                arrived(new Recipient.Bundle(bundle.symbolicName()), bundle);
            }
        }
        return life;
    }

    /** The ids of those that have a life just now. */
    Set<Long> bundles() {
        return Set.copyOf(bundles.keySet());
    }

    /** The life of a bundle that has stopped; null if it never asked for anything. */
    @Nullable
    BundleLife removeBundle(long id) {
        return bundles.remove(id);
    }

    void watch(KernelProcess process, Recipient who) {
        boolean[] asked = new boolean[1];
        watchers.compute(who, (any, watching) -> {
            Set<KernelProcess> more = watching == null ? ConcurrentHashMap.newKeySet() : watching;
            asked[0] = more.add(process);
            return more;
        });
        Life there = asked[0] ? find(who) : null;
        if (there != null) {
            process.post(new Envelope.Told(new Signal.Arrived(who, there.who())));
        }
    }

    void unwatch(KernelProcess process, Recipient who) {
        watchers.computeIfPresent(who, (any, watching) -> {
            watching.remove(process);
            return watching.isEmpty() ? null : watching;
        });
    }

    private void arrived(Recipient who, Owner as) {
        for (KernelProcess process : watchers.getOrDefault(who, Set.of())) {
            process.post(new Envelope.Told(new Signal.Arrived(who, as)));
        }
    }
}
