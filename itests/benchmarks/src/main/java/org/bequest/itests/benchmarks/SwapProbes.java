// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.bequest.process.ProcessSpec;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * Measurements of the suite {@code swap}: from the order to update a bundle, or to start another side by side, until the last
 * process goes on with the new code. Its classes are loaded anew each time.
 */
final class SwapProbes {
    private static final int WARMUPS = 10;
    private static final int SAMPLES = 15;

    private SwapProbes() {}

    static Figure inPlaceByRows(Case subject, Side side, Scale scale) throws Exception {
        return measure(new Swapping(subject.size(), 1), Swapping::update, scale);
    }

    static Figure sideBySideByRows(Case subject, Side side, Scale scale) throws Exception {
        return measure(new Swapping(subject.size(), 1), Swapping::replace, scale);
    }

    static Figure inPlaceByProcesses(Case subject, Side side, Scale scale) throws Exception {
        return measure(new Swapping(0, subject.size()), Swapping::update, scale);
    }

    static Figure sideBySideByProcesses(Case subject, Side side, Scale scale) throws Exception {
        return measure(new Swapping(0, subject.size()), Swapping::replace, scale);
    }

    @FunctionalInterface
    private interface Swap {
        /** Returns how long it took, in nanoseconds. */
        long of(Swapping swapping) throws Exception;
    }

    private static Figure measure(Swapping swapping, Swap swap, Scale scale) throws Exception {
        try (swapping) {
            for (int i = 0; i < Math.min(WARMUPS, scale.samples); i++) {
                swap.of(swapping);
            }
            double[] micros = new double[Math.min(SAMPLES, scale.samples)];
            for (int i = 0; i < micros.length; i++) {
                micros[i] = swap.of(swapping) / (double) TimeUnit.MICROSECONDS.toNanos(1);
            }
            return Figure.median(micros);
        }
    }

    /** Processes whose code is in a bundle. */
    private static final class Swapping implements AutoCloseable {
        private final Semaphore resumed = new Semaphore(0);
        private final Bequest bequest = Bequest.start();
        private final int processes;
        private int version;
        private Bundle bundle;

        /** @param rows in a table of the first process; 0 for no table */
        Swapping(int rows, int processes) throws Exception {
            this.processes = processes;
            bequest.register(Semaphore.class, resumed);
            bundle = bequest.install(nextJar());
            bundle.start();
            ProcessSpec spec = ProcessSpec.of(SwapActivator.MODULE);
            bequest.processes.spawn(rows == 0 ? spec : spec.argument(rows));
            for (int i = 1; i < processes; i++) {
                bequest.processes.spawn(spec);
            }
        }

        long update() throws Exception {
            InputStream jar = nextJar();
            long begin = System.nanoTime();
            bundle.update(jar);
            awaitResumed();
            return System.nanoTime() - begin;
        }

        long replace() throws Exception {
            Bundle next = bequest.install(nextJar());
            long begin = System.nanoTime();
            next.start();
            awaitResumed();
            long nanos = System.nanoTime() - begin;
            bundle.uninstall();
            bundle = next;
            return nanos;
        }

        private void awaitResumed() throws InterruptedException {
            if (!resumed.tryAcquire(processes, Gate.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "Only " + resumed.availablePermits() + " of " + processes + " processes have gone on");
            }
        }

        /** The bundle, in a version higher than all before. */
        private InputStream nextJar() throws IOException {
            version++;
            Manifest manifest = new Manifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
            main.putValue(Constants.BUNDLE_SYMBOLICNAME, SwapActivator.MODULE);
            main.putValue(Constants.BUNDLE_VERSION, version + ".0.0");
            main.putValue(Constants.BUNDLE_ACTIVATOR, SwapActivator.class.getName());
            main.putValue(
                    Constants.IMPORT_PACKAGE,
                    "org.osgi.framework,org.bequest.process,org.bequest.table,org.bequest.term");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
                for (Class<?> one : SwapActivator.CLASSES) {
                    String file = one.getName().replace('.', '/') + ".class";
                    jar.putNextEntry(new JarEntry(file));
                    try (InputStream in = Objects.requireNonNull(one.getResourceAsStream("/" + file), file)) {
                        in.transferTo(jar);
                    }
                }
            }
            return new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public void close() {
            bequest.close();
        }
    }
}
