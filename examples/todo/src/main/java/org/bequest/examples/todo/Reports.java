// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens by itself, in that order: in the log, and for the shell to show. Any thread. */
@Component(service = Reports.class)
public final class Reports {
    private static final Logger log = LoggerFactory.getLogger(Reports.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

    void add(String report) {
        log.info(report);
        unread.add(report);
    }

    /**
     * Waits until there are so many that were not read yet.
     *
     * @throws IllegalStateException if they do not come in time; it has those that did
     */
    List<String> next(int count) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> next = new ArrayList<>();
        while (next.size() < count) {
            String report = unread.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (report == null) {
                throw new IllegalStateException("Only " + next.size() + " of " + count + " reports came within "
                        + PATIENCE.toSeconds() + " s: " + next);
            }
            next.add(report);
        }
        return next;
    }
}
