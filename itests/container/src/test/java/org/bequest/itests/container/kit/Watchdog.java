// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches one test. What it calls may never return, though all its own waits end: then nothing can be undone either. So this
 * prints what every thread does and waits for, and ends the JVM. The build fails with the test's name.
 */
final class Watchdog {
    /** Many times what the longest test takes on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final CountDownLatch over = new CountDownLatch(1);

    Watchdog(String test) {
        Thread thread = new Thread(() -> watch(test), "watchdog of " + test);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(String test) {
        try {
            if (!over.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println(test + " has not ended within " + LIMIT.toMinutes() + " minutes:");
                printThreads();
                endJvm();
            }
        } catch (InterruptedException | IOException e) {
            throw new AssertionError("Nobody watches " + test, e);
        }
    }

    /** With what the JVM knows and its beans do not tell: who waits for a class to be initialized. */
    private static void printThreads() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String me = Long.toString(ProcessHandle.current().pid());
        Process print = new ProcessBuilder(jcmd, me, "Thread.print", "-l")
                .redirectErrorStream(true)
                .start();
        print.getInputStream().transferTo(System.err);
    }

    /** Its shutdown hooks send what was printed, if they are not in the way themselves. */
    private static void endJvm() throws InterruptedException {
        Thread exit = new Thread(() -> System.exit(1));
        exit.start();
        exit.join(TimeUnit.SECONDS.toMillis(10));
        Runtime.getRuntime().halt(1);
    }

    /** The test has ended. */
    void dismiss() {
        over.countDown();
    }
}
