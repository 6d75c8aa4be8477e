// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.kit.Spawned.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.process.CallFailedException;
import org.bequest.process.CallTimeoutException;
import org.bequest.process.Caller;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.Processes;
import org.bequest.process.Self;
import org.bequest.table.FencedException;
import org.bequest.term.Tuple;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Calls and casts. */
public class CallsIT extends ContainerTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();
    private final BiConsumer<Self, Caller> keep = (self, caller) -> callers.add(caller);

    @Test
    public void callReturnsTheReply() throws Exception {
        Spawned process = bench.spawn("named");

        assertThat(process.<Object>does(self -> Tuple.of("answer", 42))).isEqualTo(Tuple.of("answer", 42));
        assertThat(process.<Object>does(self -> null)).isNull();
        assertThat(bench.processes().call("named", "version", Wait.LIMIT)).isEqualTo("1.0.0");
    }

    @Test
    public void replyMayComeLater_fromAnotherHandler() throws Exception {
        Spawned process = bench.spawn();
        CompletableFuture<Object> reply = process.asked(keep);
        Caller caller = Wait.next(callers);
        process.runs(self -> {});
        assertThat(reply).isNotDone();

        process.runs(self -> caller.reply("late"));

        assertThat(Wait.result(reply)).isEqualTo("late");
    }

    @Test
    public void callerIsFoundByItsNumber_asLongAsItWaits() throws Exception {
        Spawned process = bench.spawn();
        CompletableFuture<Object> reply = process.asked(keep);
        long ref = Wait.next(callers).ref();

        process.runs(self -> self.caller(ref).orElseThrow().reply("found"));

        assertThat(Wait.result(reply)).isEqualTo("found");
        assertThat(process.<Optional<Caller>>does(self -> self.caller(ref))).isEmpty();
        assertThat(process.<Optional<Caller>>does(self -> self.caller(-1))).isEmpty();
    }

    @Test
    public void callerOfAnotherProcess_isNotFound() throws Exception {
        Spawned process = bench.spawn();
        Spawned other = bench.spawn();
        process.asked(keep);
        long ref = Wait.next(callers).ref();

        assertThat(other.<Optional<Caller>>does(self -> self.caller(ref))).isEmpty();
    }

    @Test
    public void firstReplyCounts() throws Exception {
        Spawned process = bench.spawn();

        CompletableFuture<Object> reply = process.asked((self, caller) -> {
            caller.reply("first");
            caller.reply("second");
            caller.fail("third");
        });

        assertThat(Wait.result(reply)).isEqualTo("first");
        assertThat(process.alive()).isTrue();
    }

    @Test
    public void callFails_asTheWorkerSays_andTheProcessLivesOn() throws Exception {
        Spawned process = bench.spawn();

        Throwable failure = failure(process.asked((self, caller) -> caller.fail("not today")));

        assertThat(failure).isInstanceOf(CallFailedException.class).hasMessageContaining("not today");
        assertThat(process.version()).isEqualTo("1.0.0");
    }

    @Test
    public void callTimesOut_andALateReplyDoesNoHarm() throws Exception {
        Spawned process = bench.spawn();

        assertThatThrownBy(() -> bench.processes().call(process.pid(), keep, SHORT))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining(process.pid().toString())
                .hasMessageContaining("50");
        Caller late = Wait.next(callers);

        assertThat(process.<Optional<Caller>>does(self -> self.caller(late.ref())))
                .isEmpty();
        process.runs(self -> late.reply("too late"));
        assertThat(process.alive()).isTrue();
    }

    @Test
    public void callFails_whenTheProcessHasEnded() throws Exception {
        Spawned process = bench.spawn("gone");
        process.killed();

        assertThatThrownBy(process::version)
                .isInstanceOf(ProcessExitedException.class)
                .hasMessageContaining(process.pid().toString());
        assertThatThrownBy(() -> bench.processes().call("gone", "version", Wait.LIMIT))
                .isInstanceOf(ProcessExitedException.class)
                .hasMessageContaining("'gone'");
    }

    @Test
    public void callFailsWithTheReason_whenTheProcessEndsBeforeItReplies() throws Exception {
        Spawned process = bench.spawn();
        CompletableFuture<Object> waiting = process.asked(keep);
        Wait.next(callers);
        CompletableFuture<Object> crashing = process.asked((self, caller) -> {
            throw new IllegalStateException("meant to");
        });

        assertThat(failure(waiting))
                .isInstanceOfSatisfying(ProcessExitedException.class, exited -> assertThat(exited.reason())
                        .isInstanceOf(ExitReason.Crashed.class));
        assertThat(failure(crashing)).isInstanceOf(ProcessExitedException.class).hasMessageContaining("meant to");
    }

    @Test
    public void queuedCallFails_whenTheProcessIsKilled() throws Exception {
        Spawned process = bench.spawn();
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Object> first = process.starts(self -> {
            running.countDown();
            return sleepUntilInterrupted();
        });
        Wait.until("the first handler runs", running);
        CompletableFuture<Object> queued = process.starts(self -> "never");
        Wait.until("the second call is queued", () -> process.info().queued() == 1);

        process.killed();

        assertThat(List.of(failure(first), failure(queued))).allSatisfy(failure -> assertThat(failure)
                .isInstanceOfSatisfying(ProcessExitedException.class, exited -> assertThat(exited.reason())
                        .isEqualTo(ExitReason.KILLED)));
    }

    private static Object sleepUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            return "interrupted";
        }
        throw new AssertionError();
    }

    @Test
    public void callToItselfIsRefused() throws Exception {
        Spawned process = bench.spawn("myself");

        RuntimeException byPid = process.refused(self -> self.processes().call(self.pid(), "version", Wait.LIMIT));
        RuntimeException byName = process.refused(self -> self.processes().call("myself", "version", Wait.LIMIT));

        assertThat(List.of(byPid, byName)).allSatisfy(refusal -> assertThat(refusal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(process.pid().toString()));
    }

    @Test
    public void processCallsAnother() throws Exception {
        Spawned one = bench.spawn();
        Spawned two = bench.spawn();

        String from = one.does(self -> {
            BiConsumer<Self, Caller> who = (other, caller) -> caller.reply(caller.from());
            return (String) self.processes().call(two.pid(), who, Wait.LIMIT);
        });

        assertThat(from).contains(one.pid().toString());
    }

    @Test
    public void messagesOfOneSenderAreHandledInOrder() throws Exception {
        Spawned process = bench.spawn("ordered");
        List<Object> numbers =
                IntStream.range(0, 1_000).<Object>mapToObj(i -> i).toList();

        numbers.forEach(process::casts);
        bench.processes().cast("ordered", "end");

        assertThat(process.journal())
                .hasSize(1_002)
                .startsWith("started 1.0.0")
                .containsSubsequence(numbers)
                .endsWith("end");
    }

    @Test
    public void castIsDropped_whenThereIsNobody() throws Exception {
        Spawned process = bench.spawn();
        process.killed();

        process.casts("nobody hears this");
        bench.processes().cast("nobody", "nor this");

        assertThat(process.alive()).isFalse();
    }

    @Test
    public void crashInACastEndsTheProcess_andLaterMessagesAreNotHandled() throws Exception {
        Spawned process = bench.spawn();
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        process.casts((Consumer<Self>) self -> {
            Wait.until("all is queued", go);
            throw new IllegalStateException("meant to");
        });
        process.casts((Consumer<Self>) self -> handled.add("after the crash"));
        CompletionStage<ExitReason> exited = bench.processes().exited(process.pid());
        go.countDown();

        ExitReason reason = Wait.result(exited);

        assertThat(reason).isInstanceOfSatisfying(ExitReason.Crashed.class, crash -> {
            assertThat(crash.description()).contains("IllegalStateException").contains("meant to");
            assertThat(crash.stackTrace()).contains("CallsIT");
        });
        assertThat(handled).isEmpty();
    }

    @Test
    public void bundleCallsNoMore_onceItHasStopped() throws Exception {
        Spawned process = bench.spawn();
        Bundle bundle = bench.bundle("caller");
        Processes old = bench.processesOf(bundle);
        old.call(process.pid(), "version", Wait.LIMIT);

        bundle.stop();
        bundle.start();

        assertThatThrownBy(() -> old.call(process.pid(), "version", Wait.LIMIT))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("caller");
        assertThatThrownBy(() -> old.cast(process.pid(), "message")).isInstanceOf(FencedException.class);
        assertThat(process.journal()).doesNotContain("message");
    }
}
