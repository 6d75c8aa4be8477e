// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Bench.PUPPET;
import static org.bequest.itests.container.kit.Bench.puppets;
import static org.bequest.itests.container.kit.Spawned.failure;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A process goes through many messages that lie there at once, and others want something of it in the middle of them. */
public class BacklogIT extends ContainerTest {
    private static final int MANY = 200_000;

    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    @After
    public void release() {
        open.countDown();
        release.countDown();
    }

    private static Consumer<Self> then(Runnable action) {
        return self -> action.run();
    }

    /** Holds the process up, so that what comes lies behind it until that is {@link #open}. */
    private void holdUp(Spawned process) {
        process.casts(then(() -> {
            events.add("held up");
            Wait.until("it is open", open);
        }));
        assertThat(Wait.next(events)).isEqualTo("held up");
    }

    /** Deaf to interrupts until there is the release. */
    private void stick() {
        events.add("stuck");
        while (release.getCount() > 0) {
            Thread.onSpinWait();
        }
        events.add("released");
    }

    private void goThroughToTheStuckOne() {
        open.countDown();
        assertThat(Wait.next(events)).isEqualTo("stuck");
    }

    @Test
    public void whatLiesBehindAHandler_isWhatTheProcessHasInItsMailbox() throws Exception {
        Spawned process = bench.spawn();
        holdUp(process);
        process.casts("before");
        process.casts(then(this::stick));
        process.casts("behind");
        process.casts("last");
        assertThat(process.info().queued()).isEqualTo(4);

        goThroughToTheStuckOne();

        assertThat(process.info().queued()).isEqualTo(2);
        process.casts("late");
        assertThat(process.info().queued()).isEqualTo(3);
        release.countDown();
        assertThat(process.journal()).containsExactly("started 1.0.0", "before", "behind", "last", "late");
    }

    @Test
    public void whatLiesBehindAStuckHandler_isHandledByTheNextCode_onceAndInOrder() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0").header("Puppet-Grace", "50"));
        Spawned process = bench.spawn();
        holdUp(process);
        process.casts("before");
        process.casts(then(this::stick));
        process.casts("behind");
        process.casts("last");
        goThroughToTheStuckOne();

        bench.update(plugin, puppets(PUPPET, "2.0.0"));
        process.casts("late");
        release.countDown();

        assertThat(Wait.next(events)).isEqualTo("released");
        assertThat(process.journal())
                .containsExactly("resumed 2.0.0 from 1.0.0 without state", "behind", "last", "late");
        assertThat(process.info().fenced()).isEqualTo(1);
    }

    @Test
    public void whatLayBehindAStuckHandler_isNotHeldByIt() throws Exception {
        Bundle plugin = bench.start(puppets(PUPPET, "1.0.0").header("Puppet-Grace", "50"));
        Spawned process = bench.spawn();
        holdUp(process);
        process.casts(then(this::stick));
        WeakReference<Object> behind = castBehind(process);
        goThroughToTheStuckOne();

        bench.update(plugin, puppets(PUPPET, "2.0.0"));

        assertThat(Wait.next(events)).isEqualTo("handled");
        Wait.until("it is collected", () -> {
            System.gc();
            return behind.get() == null;
        });
        assertThat(release.getCount()).isEqualTo(1);
    }

    private WeakReference<Object> castBehind(Spawned process) {
        Object held = new Object();
        process.casts(then(() -> events.add(held.equals("") ? "" : "handled")));
        return new WeakReference<>(held);
    }

    @Test
    public void callsBehindAKilledHandler_failAtOnce() throws Exception {
        Spawned process = bench.spawn();
        holdUp(process);
        process.casts("before");
        process.casts(then(this::stick));
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(process.asks("journal"));
        }
        Wait.until("all calls lie there", () -> process.info().queued() == 5);
        goThroughToTheStuckOne();

        process.killed();

        for (CompletableFuture<Object> call : calls) {
            assertThat(failure(call)).isInstanceOf(ProcessExitedException.class);
        }
    }

    @Test
    public void whatLiesBehindAHandlerThatEndsItsProcess_isNotHandled() throws Exception {
        Spawned process = bench.spawn();
        var ended = bench.processes().exited(process.pid());
        holdUp(process);
        process.casts("before");
        process.casts((Consumer<Self>) self -> self.exit(ExitReason.SHUTDOWN));
        process.casts(then(() -> events.add("handled")));

        open.countDown();

        assertThat(Wait.result(ended)).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(events).isEmpty();
    }

    @Test
    public void everyMessageIsHandledOnceAndInOrder_whileOthersAskHowFarItIs() throws Exception {
        bench.module("counting", () -> new Worker() {
            private int expected;

            @Override
            public void onCast(Self self, Object message) {
                if (!message.equals(expected++)) {
                    events.add("not " + message);
                } else if (expected == MANY) {
                    events.add("all");
                }
            }
        });
        Spawned process = bench.spawn(ProcessSpec.of("counting"));
        Thread asking = new Thread(() -> {
            while (events.isEmpty()) {
                int queued = bench.processes().info(process.pid()).orElseThrow().queued();
                if (queued < 0 || queued > MANY) {
                    events.add(queued + " lie there");
                }
            }
        });
        asking.start();

        IntStream.range(0, MANY).forEach(process::casts);

        assertThat(Wait.next(events)).isEqualTo("all");
        events.add("done");
        Wait.until("nobody asks", asking);
        assertThat(process.info().queued()).isZero();
    }

    @Test
    public void everyMessageIsHandledOnceAndInOrder_whileTheCodeIsReplaced() throws Exception {
        bench.start(puppets(PUPPET, "1.0.0"));
        Spawned process = bench.spawn();
        Thread sending = new Thread(() -> LongStream.range(0, MANY).forEach(process::casts));
        sending.start();

        for (String version : IntStream.range(2, 12).mapToObj(n -> n + ".0.0").toList()) {
            bench.start(puppets(PUPPET, version));
            Wait.until("it runs " + version, () -> process.version().equals(version));
        }

        Wait.until("all is sent", sending);
        assertThat(process.journal().stream().filter(Long.class::isInstance).toList())
                .isEqualTo(LongStream.range(0, MANY).boxed().toList());
    }
}
