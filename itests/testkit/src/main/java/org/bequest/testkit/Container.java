// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.bequest.process.ModuleInfo;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.bequest.table.Tables;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework with Bequest in it, where a test installs, updates and swaps plugins. Owned by whoever starts it, and
 * closed by him: that ends the framework, its threads and its files.
 *
 * <p>It runs in the JVM of the test. The packages of {@code org.bequest.api} are the test's own, so test and plugins can
 * send each other its types; the plugins' own classes are theirs alone. What is logged through SLF4J goes to the test's
 * provider.
 *
 * <p>A {@link Bundle} is plain OSGi: what has no method here is done with it, {@code stop()}, {@code start()} and
 * {@code uninstall()} for instance.
 *
 * <p>Threads: one at a time. Failure: {@link BundleException} if the framework refuses a bundle, {@link AssertionError} if
 * something does not come about within {@link Wait#LIMIT}.
 */
public final class Container implements AutoCloseable {
    private final @Nullable EmbeddedFramework framework; // null if somebody else's
    private final BundleContext context;
    private final Deque<Bundle> installed = new ArrayDeque<>();

    private Container(@Nullable EmbeddedFramework framework, BundleContext context) {
        this.framework = framework;
        this.context = context;
    }

    /**
     * Starts a framework with Bequest (tables, processes, supervisors, the table manager), Declarative Services and Config
     * Admin. It is Felix, or the one that is on the class path in its place.
     */
    public static Container start() throws BundleException {
        return start(ContainerSpec.bequest());
    }

    /**
     * Starts a framework with Bequest and more.
     *
     * @throws IllegalArgumentException if a bundle is not on the class path; the message says which
     * @throws BundleException if a bundle does not start; the message says which, and why
     */
    public static Container start(ContainerSpec spec) throws BundleException {
        EmbeddedFramework framework = EmbeddedFramework.start(spec);
        try {
            Container container = new Container(framework, self(framework.context()));
            container.service(Supervisor.class);
            return container;
        } catch (BundleException | RuntimeException | Error e) {
            framework.close();
            throw e;
        }
    }

    /** On whose behalf the test asks: the framework's own bundle would be a strange owner of tables. */
    private static BundleContext self(BundleContext system) throws BundleException {
        PluginJar empty = PluginJar.named("test");
        Bundle test = system.installBundle("test:itself", empty.open());
        test.start();
        return test.getBundleContext();
    }

    /**
     * A framework that somebody else has started, Pax Exam for instance, and put Bequest into. To close this uninstalls what
     * was installed through it, and leaves the framework alone.
     *
     * @param test the bundle on whose behalf the test asks
     */
    public static Container of(BundleContext test) {
        return new Container(null, test);
    }

    /** The test's own bundle, to the framework. */
    public BundleContext context() {
        return context;
    }

    public Bundle install(PluginJar jar) throws BundleException {
        Bundle bundle = context.installBundle("test:" + jar.symbolicName() + "-" + System.nanoTime(), jar.open());
        installed.push(bundle);
        return bundle;
    }

    /** Installs and starts. */
    public Bundle start(PluginJar jar) throws BundleException {
        Bundle bundle = install(jar);
        bundle.start();
        return bundle;
    }

    /** Updates in place: stops the bundle, replaces what is in it, and starts it again. Processes wait meanwhile. */
    public void update(Bundle bundle, PluginJar jar) throws BundleException {
        bundle.update(jar.open());
    }

    /**
     * Swaps side by side: starts the jar beside the bundle, waits until every process of the bundle's modules runs the
     * jar's code, then uninstalls the bundle.
     *
     * @param jar of another version than the bundle
     * @return the new bundle
     * @throws AssertionError if a process goes back, as the new code fails to take over; says which and why, and the jar is
     *     uninstalled again
     */
    public Bundle swap(Bundle bundle, PluginJar jar) throws BundleException {
        Processes processes = service(Processes.class);
        Set<String> modules = processes.modules().stream()
                .filter(module ->
                        module.providers().stream().anyMatch(provider -> provider.bundleId() == bundle.getBundleId()))
                .map(ModuleInfo::name)
                .collect(Collectors.toSet());
        Bundle next = start(jar);
        List<?> failures;
        try (Switchover switchover = new Switchover(context, processes, modules, next.getVersion())) {
            failures = switchover.run();
            (failures.isEmpty() ? bundle : next).uninstall();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("Not every process of " + bundle + " has gone over to " + next + ": " + failures);
        }
        return next;
    }

    /** Rewires the bundles and those that are wired to them, and returns when that is done. */
    public void refresh(Bundle... bundles) {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(Arrays.asList(bundles), event -> refreshed.countDown());
        Wait.until("the framework has refreshed " + Arrays.toString(bundles), refreshed);
    }

    /** The service as the test's own bundle gets it, as soon as it is there. */
    public <T> T service(Class<T> type) {
        return service(type, context.getBundle());
    }

    /**
     * The service as that bundle gets it, as soon as it is there. {@link Tables} and {@link Processes} know who asks: what is
     * claimed is the bundle's own. That of a process which has ended is passed over; it may be there a little longer.
     *
     * @param bundle that is active
     */
    public <T> T service(Class<T> type, Bundle bundle) {
        BundleContext asking = Objects.requireNonNull(bundle.getBundleContext(), () -> bundle + " is not active");
        AtomicReference<T> found = new AtomicReference<>();
        Wait.untilEmpty("there is a service " + type.getName(), () -> {
            found.set(lookUp(type, asking));
            return found.get() == null ? List.of("bundles that are not active: " + inactive()) : List.of();
        });
        return found.get();
    }

    private <T> @Nullable T lookUp(Class<T> type, BundleContext asking) throws InvalidSyntaxException {
        return asking.getServiceReferences(type, null).stream()
                .filter(this::isAlive)
                .max(Comparator.naturalOrder())
                .map(asking::getService)
                .orElse(null);
    }

    private boolean isAlive(ServiceReference<?> reference) {
        Object pid = reference.getProperty(WorkerModule.PID);
        return pid == null
                || service(Processes.class).list().stream()
                        .anyMatch(process -> process.pid().toString().equals(pid));
    }

    private List<String> inactive() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
    }

    @Override
    public void close() throws BundleException {
        if (framework != null) {
            framework.close();
            return;
        }
        for (Bundle bundle : installed) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        }
        refresh(installed.toArray(Bundle[]::new));
        installed.clear();
    }
}
