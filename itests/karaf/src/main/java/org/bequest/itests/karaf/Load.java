// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.karaf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.bequest.process.Processes;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Has clients call the word-count process without a pause, and counts what comes of it. Each client sends the lines of a
 * file of its own. A reply must be a higher number of lines than the one before: a process that forgot lines is a failure,
 * too. Public for the shell, which finds commands by reflection.
 */
@Component(
        immediate = true, // or it would go after each command
        service = Load.class,
        property = {
            "osgi.command.scope=load",
            "osgi.command.function=begin",
            "osgi.command.function=until",
            "osgi.command.function=report",
            "osgi.command.function=end"
        })
public final class Load {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String LINE = "to be or not to be";

    private final Processes processes;
    private final List<Thread> clients = new ArrayList<>(); // guarded by this
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong longestMillis = new AtomicLong();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");
    private volatile boolean on;

    @Activate
    public Load(@Reference Processes processes) {
        this.processes = processes;
    }

    /** Starts that many clients, and returns at once. */
    public synchronized void begin(int count) {
        on = true;
        for (int i = 0; i < count; i++) {
            String file = "file-" + clients.size();
            Thread client = new Thread(() -> send(file), "load-" + file);
            clients.add(client);
            client.start();
        }
    }

    private void send(String file) {
        long lines = 0;
        for (long number = 1; on; number++) {
            long begin = System.nanoTime();
            try {
                lines = reply(Tuple.of("line", file, 1, number, LINE), lines);
                answered.incrementAndGet();
            } catch (RuntimeException e) {
                failed.incrementAndGet();
                firstFailure.compareAndSet("none", e.toString());
            }
            long millis = (System.nanoTime() - begin) / 1_000_000;
            longestMillis.accumulateAndGet(millis, Math::max);
        }
    }

    private long reply(Tuple line, long before) {
        long lines = (Long) processes.call("word-count", line, TIMEOUT);
        if (lines <= before) {
            throw new IllegalStateException("After " + before + " lines there were " + lines);
        }
        return lines;
    }

    /** Waits until that many more calls were answered; fails if they are not in time. */
    public void until(long more) throws InterruptedException {
        long goal = answered.get() + more;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (answered.get() < goal) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Not " + more + " more answers within " + TIMEOUT + ": " + report());
            }
            Thread.sleep(10);
        }
    }

    /** What came of the calls until now. */
    public String report() {
        return "answered=" + answered + " failed=" + failed + " longest=" + longestMillis + "ms first failure: "
                + firstFailure;
    }

    /** Stops the clients, and returns when all of them are done. */
    @Deactivate
    public synchronized void end() throws InterruptedException {
        on = false;
        for (Thread client : clients) {
            client.join();
        }
        clients.clear();
    }
}
