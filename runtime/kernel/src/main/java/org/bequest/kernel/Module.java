// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bequest.process.ModuleInfo;
import org.jspecify.annotations.Nullable;

/** A module by its name: who offers it, best first, and the processes that run it or wait for it. */
final class Module {
    private static final Comparator<Provider> BEST_FIRST =
            Comparator.comparing(Provider::version).reversed();

    final String name;
    /** Replaced as a whole, under this. */
    private volatile List<Provider> providers = List.of();

    private final Set<KernelProcess> processes = ConcurrentHashMap.newKeySet();

    Module(String name) {
        this.name = name;
    }

    /** The one to run: the highest version, of equal ones the one that came first; null if there is none but the refused. */
    @Nullable
    Provider best(@Nullable Provider refused) {
        for (Provider provider : providers) {
            if (provider != refused) {
                return provider;
            }
        }
        return null;
    }

    synchronized void add(Provider provider) {
        List<Provider> more = new ArrayList<>(providers);
        more.add(provider);
        more.sort(BEST_FIRST);
        providers = List.copyOf(more);
    }

    synchronized void remove(Provider provider) {
        providers = providers.stream().filter(other -> other != provider).toList();
    }

    void join(KernelProcess process) {
        processes.add(process);
    }

    void leave(KernelProcess process) {
        processes.remove(process);
    }

    Set<KernelProcess> processes() {
        return processes;
    }

    ModuleInfo info() {
        return new ModuleInfo(
                name, providers.stream().map(provider -> provider.info).toList(), processes.size());
    }
}
