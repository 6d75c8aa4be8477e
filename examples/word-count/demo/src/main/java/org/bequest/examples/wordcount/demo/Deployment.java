// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.term.Pid;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The worker's bundle and its one process, and what an operator may do to them. Of the class loaders that it replaces it
 * knows whether they have been collected, and holds none.
 */
final class Deployment implements AutoCloseable {
    static final String NAME = "word-count";

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final BundleContext context;
    private final Processes processes;
    private final List<Path> jars;
    private final List<WeakReference<ClassLoader>> replaced = new ArrayList<>();
    private Release release;
    private Bundle bundle;
    private Pid pid;

    Deployment(BundleContext context, Processes processes, List<Path> jars) throws IOException, BundleException {
        this.context = context;
        this.processes = processes;
        this.jars = jars;
        this.release = Release.of(jars, 1);
        this.bundle = install();
        this.pid = spawn();
    }

    /** Makes the next release: of the other code, in a higher version. */
    void prepare() throws IOException {
        release = Release.of(jars, release.number() + 1);
    }

    /** Updates the bundle. Returns when the process runs the new code. */
    void updateInPlace() throws BundleException, InterruptedException {
        replaced.add(classLoader());
        bundle.update(new ByteArrayInputStream(release.jar()));
        awaitRunning(release.version());
    }

    /** Starts the new bundle beside the old one, which goes when the process has moved. */
    void swapSideBySide() throws BundleException, InterruptedException {
        replaced.add(classLoader());
        Bundle next = install();
        awaitRunning(release.version());
        bundle.uninstall();
        bundle = next;
    }

    /** Kills the process; starts the next one, as there is no supervisor to do it. */
    void crash() {
        processes.exit(pid, ExitReason.KILLED);
        pid = spawn();
    }

    private Bundle install() throws BundleException {
        Bundle installed =
                context.installBundle(NAME + "-" + release.version(), new ByteArrayInputStream(release.jar()));
        installed.start();
        return installed;
    }

    private Pid spawn() {
        return processes.spawn(ProcessSpec.of("word-count").name(NAME));
    }

    private WeakReference<ClassLoader> classLoader() {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    private void awaitRunning(Version version) throws InterruptedException {
        long begin = System.nanoTime();
        while (processes().stream()
                .noneMatch(process -> process.pid().equals(pid) && version.equals(process.version()))) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException(
                        "The worker was to run version " + version + " by now, but there are " + processes());
            }
            Thread.sleep(1);
        }
    }

    /** What the process is to run by now. */
    Version version() {
        return release.version();
    }

    List<ProcessInfo> processes() {
        return processes.list();
    }

    /** How many class loaders have been replaced. */
    int replaced() {
        return replaced.size();
    }

    /** How many of them have been collected; waits for all, but not for ever. */
    long awaitCollected() throws InterruptedException {
        long begin = System.nanoTime();
        while (collected() < replaced.size() && System.nanoTime() - begin < PATIENCE_NANOS) {
            System.gc();
            Thread.sleep(20);
        }
        return collected();
    }

    private long collected() {
        return replaced.stream().filter(loader -> loader.refersTo(null)).count();
    }

    @Override
    public void close() throws BundleException {
        processes.exit(pid, ExitReason.SHUTDOWN);
        bundle.uninstall();
    }
}
