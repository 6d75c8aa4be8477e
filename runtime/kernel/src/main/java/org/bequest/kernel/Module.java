// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bequest.process.ModuleInfo;
import org.bequest.process.Signal;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** A module by its name: who offers it, best first, and the processes that run it, wait for it, or watch it. */
final class Module {
    /* This object's monitor guards changes of the providers, and is held while those who watch are told, so that the last
     * thing each hears is how it is. A process's monitor may be taken then, never the other way.
     */
    private static final Comparator<Provider> BEST_FIRST =
            Comparator.comparing(Provider::version).reversed();

    final String name;
    /** Replaced as a whole, under this. */
    private volatile List<Provider> providers = List.of();

    private final Members processes = new Members();
    /** Guarded by this. */
    private final Set<KernelProcess> watchers = new HashSet<>(0);

    Module(String name) {
        this.name = name;
    }

    /**
     * The one to run: the pinned version, else the highest, of equal ones the one that came first; null if there is none but
     * the refused.
     */
    @Nullable
    Provider best(@Nullable Version pin, Set<Provider> refused) {
        Provider highest = null;
        for (Provider provider : providers) {
            if (refused.contains(provider)) {
                continue;
            }
            if (pin == null || provider.version().equals(pin)) {
                return provider;
            }
            if (highest == null) {
                highest = provider;
            }
        }
        return highest;
    }

    /** Whether anybody offers that version; null for any. */
    boolean offers(@Nullable Version version) {
        return providers.stream()
                .anyMatch(provider -> version == null || provider.version().equals(version));
    }

    synchronized void add(Provider provider) {
        List<Provider> more = new ArrayList<>(providers);
        more.add(provider);
        more.sort(BEST_FIRST);
        providers = List.copyOf(more);
        tell();
    }

    synchronized void remove(Provider provider) {
        providers = providers.stream().filter(other -> other != provider).toList();
        tell();
    }

    synchronized void watch(KernelProcess process) {
        if (!process.isDead() && watchers.add(process)) {
            process.post(offered());
        }
    }

    synchronized void unwatch(KernelProcess process) {
        watchers.remove(process);
    }

    private void tell() {
        watchers.forEach(process -> process.post(offered()));
    }

    private Envelope offered() {
        return new Envelope.Told(new Signal.Offered(
                name, providers.stream().map(Provider::version).distinct().toList()));
    }

    void join(KernelProcess process) {
        processes.add(process);
    }

    void leave(KernelProcess process) {
        processes.remove(process);
    }

    /** Those that are there at this moment. */
    List<KernelProcess> processes() {
        return processes.list();
    }

    ModuleInfo info() {
        return new ModuleInfo(
                name, providers.stream().map(provider -> provider.info).toList(), processes.size());
    }
}
