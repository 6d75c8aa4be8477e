// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, by reflection since the baseline is Java 17. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** One new virtual thread for each task; null if the JDK has none. */
    static @Nullable Executor executor() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object threads = Thread.class.getMethod("ofVirtual").invoke(null);
            builder.getMethod("name", String.class, long.class).invoke(threads, "bequest-blocking-", 1L);
            // What the creating thread inherits may belong to a plugin.
            builder.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(threads, false);
            Object factory = builder.getMethod("factory").invoke(threads);
            Method newExecutor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (Executor) newExecutor.invoke(null, factory);
        } catch (ReflectiveOperationException older) {
            return null;
        }
    }
}
