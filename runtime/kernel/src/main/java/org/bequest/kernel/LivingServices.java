// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.bequest.process.CallTimeoutException;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.WorkerModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Publishes services on behalf of processes, and keeps them published while the code behind is replaced. */
final class LivingServices {
    /* How it works. The service is a proxy of the interface, defined by the interface's own class loader, which stays. It is
     * registered by the kernel. A call becomes a message; its reply comes back through a future. Registering and
     * unregistering run code of consumers (their listeners), so they are done on threads that may block, outside of locks:
     * the spawner's, or a blocking one. The map's monitor guards the map and its publications.
     * Why: docs/decisions/0005-living-services.md
     */
    private final BundleContext context;
    private final Scheduler scheduler;
    private final Map<KernelProcess, Map<Class<?>, Publication>> published = new HashMap<>();

    /** One service of one process; on its way in as long as it has no registration. Guarded by the map. */
    private static final class Publication {
        @Nullable
        ServiceRegistration<?> registration;

        boolean withdrawn;
    }

    LivingServices(BundleContext context, Scheduler scheduler) {
        this.context = context;
        this.scheduler = scheduler;
    }

    /** @throws IllegalArgumentException if that bundle's module cannot offer a service of that name */
    static Class<?> check(Bundle module, String name) {
        String problem = "Module bundle " + module.getSymbolicName() + " names the service " + name + " in "
                + WorkerModule.SERVICES + ", ";
        try {
            Class<?> service = module.loadClass(name);
            if (!service.isInterface()) {
                throw new IllegalArgumentException(problem + "which is no interface");
            }
            if (module.equals(FrameworkUtil.getBundle(service))) {
                throw new IllegalArgumentException(
                        problem
                                + "which is its own: it would go with the bundle. Take the interface from a bundle that stays.");
            }
            return service;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(problem + "which it cannot load. Import its package. " + e);
        }
    }

    /** The process has started: its services are there when this returns. On a thread that may block. */
    void publish(KernelProcess process) {
        follow(process, process.services());
    }

    /** The process has other code: its services are the same ones, unless the code's idea of them has changed. */
    void resumed(KernelProcess process) {
        List<Class<?>> services = process.services();
        boolean changed;
        synchronized (published) {
            changed = !published.getOrDefault(process, Map.of()).keySet().equals(Set.copyOf(services));
        }
        if (changed) {
            scheduler.executeBlocking(() -> follow(process, services));
        }
    }

    /** The process has ended. */
    void withdraw(KernelProcess process) {
        synchronized (published) {
            if (!published.containsKey(process)) {
                return;
            }
        }
        scheduler.executeBlocking(() -> follow(process, List.of()));
    }

    private void follow(KernelProcess process, List<Class<?>> services) {
        for (Class<?> service : services) {
            publish(process, service);
        }
        withdrawAllBut(services, process);
        if (!services.isEmpty() && process.isDead()) {
            withdrawAllBut(List.of(), process); // it ended while its services were on their way
        }
    }

    private void publish(KernelProcess process, Class<?> service) {
        Publication publication = new Publication();
        synchronized (published) {
            if (published.computeIfAbsent(process, first -> new HashMap<>()).putIfAbsent(service, publication)
                    != null) {
                return;
            }
        }
        Object proxy =
                Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, new Call(process, service));
        ServiceRegistration<?> registration = context.registerService(service.getName(), proxy, properties(process));
        synchronized (published) {
            publication.registration = registration;
            if (!publication.withdrawn) {
                return;
            }
        }
        unregister(registration);
    }

    private void withdrawAllBut(List<Class<?>> services, KernelProcess process) {
        List<ServiceRegistration<?>> gone = new ArrayList<>();
        synchronized (published) {
            Map<Class<?>, Publication> now = published.getOrDefault(process, new HashMap<>());
            now.entrySet().removeIf(entry -> {
                if (services.contains(entry.getKey())) {
                    return false;
                }
                entry.getValue().withdrawn = true;
                if (entry.getValue().registration != null) {
                    gone.add(entry.getValue().registration);
                }
                return true;
            });
            if (now.isEmpty()) {
                published.remove(process);
            }
        }
        gone.forEach(LivingServices::unregister);
    }

    private static Dictionary<String, Object> properties(KernelProcess process) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(WorkerModule.MODULE, process.module.name);
        properties.put(WorkerModule.PID, process.pid.toString());
        process.name().ifPresent(name -> properties.put(WorkerModule.PROCESS, name));
        return properties;
    }

    private static void unregister(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException gone) {
            // The kernel stops, and the framework was faster.
        }
    }

    /** What is behind a proxy. */
    private final class Call implements InvocationHandler {
        private final KernelProcess process;
        private final Class<?> service;

        Call(KernelProcess process, Class<?> service) {
            this.process = process;
            this.service = service;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, arguments);
            }
            Class<?> type = method.getReturnType();
            boolean later = Foreign.isLater(type);
            if (!later) {
                Replies.checkNotSelf(process);
            }
            PendingCall call = new PendingCall("a caller of service " + service.getName(), type);
            Object[] passed = arguments == null ? new Object[0] : arguments;
            if (!process.post(new Envelope.Invocation(call, method, passed))) {
                throw new ProcessExitedException(
                        process + ", which answered service " + service.getName()
                                + ", has ended. Look the service up again.",
                        ExitReason.NO_PROCESS);
            }
            Duration timeout = process.callTimeout();
            return later
                    ? Foreign.later(settled(call, timeout), type)
                    : Replies.await(scheduler, process, call, timeout);
        }

        /** Settled on a thread of its own, since the caller may have hung anything on it. */
        private CompletableFuture<@Nullable Object> settled(PendingCall call, Duration timeout) {
            CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
            ScheduledFuture<?> limit = scheduler.after(
                    timeout,
                    () -> call.reply.completeExceptionally(
                            new CallTimeoutException(process + " did not answer service " + service.getName()
                                    + " within " + timeout.toMillis() + " ms. It may still do what it was asked to.")));
            call.reply.whenComplete((value, thrown) -> scheduler.executeBlocking(() -> {
                limit.cancel(false);
                process.close(call);
                if (thrown == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(thrown);
                }
            }));
            return result;
        }

        private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> service.getName() + " of " + process;
            };
        }
    }
}
