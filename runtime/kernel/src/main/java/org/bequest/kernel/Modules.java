// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bequest.process.ModuleInfo;
import org.bequest.process.WorkerModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the services that bring code, and tells the processes of a module when it is time to change. */
final class Modules implements ServiceTrackerCustomizer<WorkerModule, Provider> {
    /* How it works. A new provider is put in the list, and whoever has reason to look again is told; nobody is waited for.
     * When a provider goes, its bundle is about to stop: the framework's thread waits here until every process has taken its
     * code out, which the grace time bounds. A process whose handler runs on that very thread (it updates its own bundle) is
     * not waited for; it changes code when the handler returns.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Modules.class);

    private final BundleContext context;
    private final Kernel kernel;
    private final Map<String, Module> modules = new ConcurrentHashMap<>();

    Modules(BundleContext context, Kernel kernel) {
        this.context = context;
        this.kernel = kernel;
    }

    /** The module, if it is there, or is just about to be. */
    Optional<Module> find(String name) {
        Module module = modules.get(name);
        if (module != null && module.offers(null)) {
            return Optional.of(module);
        }
        return isAnnounced(name) ? Optional.of(named(name)) : Optional.empty();
    }

    /** The module, whether it is there or not. */
    Module named(String name) {
        return modules.computeIfAbsent(name, Module::new);
    }

    /** A process is dead: it watches none any more. */
    void forget(KernelProcess process) {
        modules.values().forEach(module -> module.unwatch(process));
    }

    /** Whether there is such a service: its bundle, or another listener, may know of it a little before {@link #addingService}. */
    boolean isAnnounced(String name) {
        try {
            return context.getServiceReferences(WorkerModule.class, null).stream()
                    .anyMatch(reference -> name.equals(nameOf(reference)));
        } catch (InvalidSyntaxException noFilterWasGiven) {
            throw new IllegalStateException(noFilterWasGiven);
        }
    }

    private static String nameOf(ServiceReference<WorkerModule> reference) {
        return String.valueOf(reference.getProperty(WorkerModule.MODULE));
    }

    List<ModuleInfo> list() {
        return modules.values().stream()
                .map(Module::info)
                .filter(module -> module.processes() > 0 || !module.providers().isEmpty())
                .sorted(Comparator.comparing(ModuleInfo::name))
                .toList();
    }

    @Override
    public @Nullable Provider addingService(ServiceReference<WorkerModule> reference) {
        WorkerModule code = context.getService(reference);
        Bundle bundle = reference.getBundle();
        if (code == null || bundle == null) {
            return null; // gone again
        }
        String name = nameOf(reference);
        Provider provider = provider(reference, bundle, code);
        Module module = named(name);
        module.add(provider);
        LOG.debug("Module '{}' is offered by {}", name, provider);
        module.processes().forEach(KernelProcess::reconsider);
        return provider;
    }

    private static Provider provider(ServiceReference<WorkerModule> reference, Bundle bundle, WorkerModule code) {
        List<Class<?>> services = new ArrayList<>();
        String problem = null;
        for (String name : strings(reference.getProperty(WorkerModule.SERVICES))) {
            try {
                services.add(LivingServices.check(bundle, name));
            } catch (IllegalArgumentException unfit) {
                problem = unfit.getMessage();
            }
        }
        return new Provider(
                new ModuleInfo.Provider(bundle.getSymbolicName(), bundle.getBundleId(), bundle.getVersion()),
                Boolean.parseBoolean(String.valueOf(reference.getProperty(WorkerModule.BLOCKING))),
                millis(reference, WorkerModule.GRACE_MS, WorkerModule.DEFAULT_GRACE_MS),
                millis(reference, WorkerModule.TIMEOUT_MS, WorkerModule.DEFAULT_TIMEOUT_MS),
                new Provider.Code(
                        code,
                        services,
                        problem,
                        bundle.adapt(BundleWiring.class).getClassLoader()));
    }

    private static List<String> strings(@Nullable Object property) {
        return property instanceof String[] array
                ? List.of(array)
                : property == null ? List.of() : List.of(property.toString());
    }

    private static Duration millis(ServiceReference<?> reference, String property, long otherwise) {
        Object value = reference.getProperty(property);
        try {
            return Duration.ofMillis(value == null ? otherwise : Long.parseLong(value.toString()));
        } catch (NumberFormatException notANumber) {
            LOG.error("{} of {} is no number of milliseconds: {}; {} is used", property, reference, value, otherwise);
            return Duration.ofMillis(otherwise);
        }
    }

    @Override
    public void modifiedService(ServiceReference<WorkerModule> reference, Provider provider) {
        // What a module says of itself holds as long as it is registered.
    }

    @Override
    public void removedService(ServiceReference<WorkerModule> reference, Provider provider) {
        Module module = modules.get(nameOf(reference));
        module.remove(provider);
        provider.close();
        List<KernelProcess> processes = module.processes();
        processes.forEach(KernelProcess::reconsider);
        // Each may need its grace time twice: for the message that it handles, and to hand over.
        if (!provider.awaitLeft(processes, provider.grace.multipliedBy(2).plusSeconds(1))) {
            LOG.error("{} stops while processes still run its code", provider);
        }
        context.ungetService(reference);
        kernel.scheduler.renewThreads();
    }

    void bundleUninstalled(long id) {
        for (Module module : modules.values()) {
            module.processes().forEach(process -> process.uninstalled(id));
        }
    }
}
