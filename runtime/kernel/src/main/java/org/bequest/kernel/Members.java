// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Arrays;
import java.util.List;

/** The processes of a module, in no order. Each knows its place, so that a million cost a reference each. */
final class Members {
    /** Guarded by this, like the places; null from {@link #size} on. */
    private KernelProcess[] places = new KernelProcess[4];

    private int size;

    synchronized void add(KernelProcess process) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 3 / 2);
        }
        places[size] = process;
        process.place = size;
        size++;
    }

    /** It is in, and will not be any more: the last one takes its place. */
    synchronized void remove(KernelProcess process) {
        size--;
        KernelProcess last = places[size];
        places[process.place] = last;
        last.place = process.place;
        places[size] = null;
        if (size > 8 && size < places.length / 3) {
            places = Arrays.copyOf(places, places.length / 2);
        }
    }

    synchronized int size() {
        return size;
    }

    synchronized List<KernelProcess> list() {
        return Arrays.asList(Arrays.copyOf(places, size));
    }
}
