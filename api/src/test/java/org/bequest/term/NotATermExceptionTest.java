// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotATermExceptionTest {

    @Test
    void exceptionDoesNotHoldTheClassLoaderOfWhatWasRefused() throws Exception {
        URLClassLoader plugin = new URLClassLoader(new URL[0]);
        Object value = Proxy.newProxyInstance(plugin, new Class<?>[] {Runnable.class}, (proxy, method, args) -> null);
        assertThat(value.getClass().getClassLoader()).isSameAs(plugin);
        NotATermException refusal = refusal(value);
        String className = value.getClass().getName();
        WeakReference<ClassLoader> loader = new WeakReference<>(plugin);
        plugin.close();
        plugin = null;
        value = null;

        assertThat(isCollected(loader)).isTrue();
        assertThat(refusal).hasMessageContaining(className);
        assertThat(refusal.position()).isEqualTo("[0]");
    }

    private static NotATermException refusal(Object value) {
        return catchThrowableOfType(NotATermException.class, () -> Terms.copyOf(List.of(value)));
    }

    private static boolean isCollected(WeakReference<?> reference) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (reference.get() != null && System.nanoTime() < deadline) {
            System.gc();
            Thread.sleep(10);
        }
        return reference.get() == null;
    }
}
