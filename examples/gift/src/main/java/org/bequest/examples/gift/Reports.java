// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.gift;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has happened by itself, in order: logged, and kept for the shell. */
@Component(service = Reports.class, immediate = true)
public final class Reports {
    private static final Logger log = LoggerFactory.getLogger(Reports.class);
    private static final long PATIENCE_SECONDS = 10;

    private final List<String> reports = new ArrayList<>(); // guarded by this
    private int shown; // guarded by this

    synchronized void add(String report) {
        log.info(report);
        reports.add(report);
        notifyAll();
    }

    /** Waits until there are so many more than were shown before, and shows them. */
    synchronized List<String> next(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (reports.size() < shown + count) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("Of " + count + " reports only " + (reports.size() - shown)
                        + " came within " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        List<String> next = List.copyOf(reports.subList(shown, shown + count));
        shown += count;
        return next;
    }
}
