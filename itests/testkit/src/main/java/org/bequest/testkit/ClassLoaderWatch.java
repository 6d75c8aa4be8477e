// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.lang.ref.WeakReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Tells whether the class loader that a bundle has at the moment of {@link #of} becomes garbage: whether anything still holds
 * an object or a class of the code that was replaced. Nor must the test: a variable is enough.
 */
public final class ClassLoaderWatch {
    private static final int ATTEMPTS = 200;

    private final String bundle;
    private final WeakReference<ClassLoader> loader;

    private ClassLoaderWatch(Bundle bundle) {
        this.bundle = bundle.toString();
        this.loader = new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    /** @param bundle that is resolved */
    public static ClassLoaderWatch of(Bundle bundle) {
        return new ClassLoaderWatch(bundle);
    }

    /** Fails if something still holds it after collections enough. */
    public void assertCollected() throws InterruptedException {
        if (!collectedWithin(ATTEMPTS)) {
            throw new AssertionError("The class loader of " + bundle + " is still held by something");
        }
    }

    /** Whether it is garbage after at most so many collections. */
    public boolean collectedWithin(int attempts) throws InterruptedException {
        for (int i = 0; i < attempts && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        return loader.get() == null;
    }
}
