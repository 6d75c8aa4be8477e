// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bequest.itests.container.plugin.Puppet;
import org.bequest.itests.container.plugin.PuppetActivator;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.Supervisor;
import org.bequest.table.Escrow;
import org.bequest.table.NoSuchTableException;
import org.bequest.table.NotOwnerException;
import org.bequest.table.Owner;
import org.bequest.table.TableInfo;
import org.bequest.table.TableManager;
import org.bequest.table.Tables;
import org.bequest.testkit.Container;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.jspecify.annotations.Nullable;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.MultipleFailureException;
import org.junit.runners.model.Statement;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * What a test works at: it installs and updates bundles and spawns processes. After the test it looks at the whole kernel
 * from outside (every table has a live owner or is in escrow), then undoes all that the test did.
 */
public final class Bench implements TestRule {
    /** The module that {@link #spawn()} takes. */
    public static final String PUPPET = "puppet";

    private @Nullable Container container; // while a test runs
    private int modules;

    // Bundles.

    public Bundle install(PluginJar jar) throws BundleException {
        return container().install(jar);
    }

    public Bundle start(PluginJar jar) throws BundleException {
        return container().start(jar);
    }

    /** A started bundle without any code, on whose behalf a test may ask for services. */
    public Bundle bundle(String symbolicName) throws BundleException {
        return start(PluginJar.named(symbolicName));
    }

    /** A bundle {@code plugin.<module>} that offers puppets as that module. */
    public static PluginJar puppets(String module, String version) {
        return PluginJar.named("plugin." + module)
                .version(version)
                .activator(PuppetActivator.class)
                .classes(Puppet.class)
                .header("Puppet", module);
    }

    /** Updates in place: stops, replaces and starts the bundle. */
    public void update(Bundle bundle, PluginJar jar) throws BundleException {
        container().update(bundle, jar);
    }

    /** Rewires the bundles, and returns when that is done. */
    public void refresh(Bundle... bundles) {
        container().refresh(bundles);
    }

    /** One of the bundles under test. */
    public Bundle shipped(String symbolicName) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no bundle " + symbolicName));
    }

    // Services, as the test's own bundle or another one gets them.

    public Tables tables() {
        return container().service(Tables.class);
    }

    public Tables tablesOf(Bundle bundle) {
        return container().service(Tables.class, bundle);
    }

    public Processes processes() {
        return container().service(Processes.class);
    }

    public Processes processesOf(Bundle bundle) {
        return container().service(Processes.class, bundle);
    }

    public Escrow escrow() {
        return container().service(Escrow.class);
    }

    public TableManager manager() {
        return container().service(TableManager.class);
    }

    /** The supervisor at the top. */
    public Supervisor root() {
        return supervisor(Supervisor.ROOT);
    }

    /** The supervisor of that name, as soon as it is there. The service of one that has just died may be there a little longer. */
    public Supervisor supervisor(String name) {
        AtomicReference<Supervisor> found = new AtomicReference<>();
        Wait.until("there is a supervisor " + name, () -> {
            supervisors(name).stream()
                    .filter(reference -> processes().whereis(name).stream()
                            .anyMatch(pid -> pid.toString().equals(reference.getProperty(WorkerModule.PID))))
                    .forEach(reference -> found.set(context().getService(reference)));
            return found.get() != null;
        });
        return found.get();
    }

    private Collection<ServiceReference<Supervisor>> supervisors(String name) {
        try {
            return context().getServiceReferences(Supervisor.class, "(" + WorkerModule.PROCESS + "=" + name + ")");
        } catch (InvalidSyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** The test's own. */
    public BundleContext context() {
        return container().context();
    }

    /** Made when the test begins, as the driver makes a bench, too, outside the framework. */
    public Container container() {
        return Objects.requireNonNull(container, "There is a container only while a test runs");
    }

    // Processes.

    /** A new process of {@link #PUPPET}, whose bundle is started if it is not there. */
    public Spawned spawn() throws BundleException {
        return spawn(ProcessSpec.of(PUPPET));
    }

    /** The same, under a name. */
    public Spawned spawn(String name) throws BundleException {
        return spawn(ProcessSpec.of(PUPPET).name(name));
    }

    public Spawned spawn(ProcessSpec spec) throws BundleException {
        if (spec.module().equals(PUPPET)
                && processes().modules().stream()
                        .noneMatch(module -> module.name().equals(PUPPET)
                                && !module.providers().isEmpty())) {
            start(puppets(PUPPET, "1.0.0"));
        }
        return new Spawned(processes().spawn(spec), processes());
    }

    /** Offers a module of the test's own workers on behalf of a new bundle, with more properties in pairs. */
    public Bundle module(String name, Supplier<? extends Worker> workers, Object... properties) throws BundleException {
        Bundle bundle = bundle("module." + name + "." + ++modules);
        Dictionary<String, Object> all = new Hashtable<>();
        all.put(WorkerModule.MODULE, name);
        for (int i = 0; i < properties.length; i += 2) {
            all.put((String) properties[i], properties[i + 1]);
        }
        bundle.getBundleContext().registerService(WorkerModule.class, workers::get, all);
        return bundle;
    }

    /**
     * Returns when a bundle's stop waits in the kernel for processes to let go of its code: each has been told then. That the
     * bundle is STOPPING comes a little earlier, when they may still go on with their messages.
     */
    public static void awaitCodeIsWantedBack() {
        Wait.until(
                "the kernel waits for processes to let go of the code",
                () -> Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(frame -> frame.getMethodName().equals("awaitLeft")));
    }

    // Tables, as everybody may see them.

    public TableInfo table(String name) {
        return tables().list().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no table " + name));
    }

    public boolean exists(String table) {
        return tables().list().stream().anyMatch(info -> info.name().equals(table));
    }

    public boolean inEscrow(String table) {
        return escrow().list().stream().anyMatch(info -> info.name().equals(table));
    }

    // Around each test.

    @Override
    public Statement apply(Statement test, Description description) {
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                Watchdog watchdog = new Watchdog(description.getDisplayName());
                try {
                    evaluateAndUndo(test);
                } finally {
                    watchdog.dismiss();
                }
            }
        };
    }

    private void evaluateAndUndo(Statement test) throws Exception {
        List<Throwable> failures = new ArrayList<>();
        container = Container.of(FrameworkUtil.getBundle(Bench.class).getBundleContext());
        manager(); // has started, so that what is its own is there before
        root();
        Set<String> tablesBefore = tableNames();
        attempt(failures, test::evaluate);
        attempt(
                failures,
                () -> Wait.until("every table has a live owner or is in escrow", () -> unsound()
                        .isEmpty()));
        attempt(failures, this::undoChildren);
        attempt(failures, this::undoProcesses);
        attempt(failures, container()::close);
        attempt(failures, () -> undoTables(tablesBefore));
        MultipleFailureException.assertEmpty(failures);
    }

    private interface Step {
        void run() throws Throwable;
    }

    private static void attempt(List<Throwable> failures, Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    /** Tables whose owner is nobody. */
    private List<TableInfo> unsound() {
        Set<String> escrow = escrow().list().stream().map(TableInfo::name).collect(Collectors.toSet());
        return tables().list().stream()
                .filter(table -> ownedByNobody(table.owner(), escrow.contains(table.name())))
                .toList();
    }

    private boolean ownedByNobody(Owner owner, boolean listedInEscrow) {
        if (owner instanceof Owner.Process process) {
            return listedInEscrow || !processes().isAlive(process.pid());
        }
        if (owner instanceof Owner.Bundle holder) {
            Bundle bundle = context().getBundle(holder.id());
            return listedInEscrow
                    || bundle == null
                    || bundle.getState() != Bundle.ACTIVE
                    || !bundle.getSymbolicName().equals(holder.symbolicName());
        }
        return !listedInEscrow;
    }

    /** Those of the root, which would be restarted. */
    private void undoChildren() {
        for (ChildInfo child : root().children()) {
            if (!TableManager.NAME.equals(child.id())) {
                root().terminateAndDelete(child.id());
            }
        }
    }

    private void undoProcesses() {
        Wait.until("no process of the test is left", () -> {
            List<ProcessInfo> left = processes().list().stream()
                    .filter(process -> !process.names().contains(TableManager.NAME)
                            && !process.names().contains(Supervisor.ROOT))
                    .toList();
            left.forEach(process -> processes().exit(process.pid(), ExitReason.KILLED));
            return left.isEmpty();
        });
        Wait.untilEmpty("no service of theirs is left", this::servicesOfTheDead);
    }

    private List<ServiceReference<?>> servicesOfTheDead() throws InvalidSyntaxException {
        Set<String> alive = processes().list().stream()
                .map(process -> process.pid().toString())
                .collect(Collectors.toSet());
        ServiceReference<?>[] services = context().getAllServiceReferences(null, "(" + WorkerModule.PID + "=*)");
        return Stream.ofNullable(services)
                .flatMap(Arrays::stream)
                .filter(service -> !alive.contains(service.getProperty(WorkerModule.PID)))
                .toList();
    }

    private void undoTables(Set<String> before) {
        Wait.until("no table of the test is left", () -> {
            Set<String> left = tableNames();
            left.removeAll(before);
            left.forEach(this::undoTable);
            return left.isEmpty();
        });
    }

    private void undoTable(String name) {
        try {
            if (inEscrow(name)) {
                escrow().drop(name);
            } else {
                tables().open(name).drop();
            }
        } catch (NotOwnerException | NoSuchTableException onItsWay) {
            // From one that has ended to its heir, who may put it in escrow or drop it: see the next time.
        }
    }

    private Set<String> tableNames() {
        return tables().list().stream().map(TableInfo::name).collect(Collectors.toSet());
    }
}
