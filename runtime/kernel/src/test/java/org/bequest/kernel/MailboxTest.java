// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Putting in needs no lock; all else is done under the process's monitor, as here. */
class MailboxTest {
    private static final int SENDERS = 4;
    private static final int MESSAGES = 20_000;

    /** A request whose number says who sent it, and which of his it is. */
    private static Envelope.Request request(int sender, int number) {
        return new Envelope.Request(new PendingCall("sender " + sender, null), sender * MESSAGES + number);
    }

    /** Puts all of its messages in, until the mailbox is closed. Returns those that were taken. */
    private static List<Integer> send(Mailbox mailbox, int sender, CyclicBarrier together) throws Exception {
        List<Integer> accepted = new ArrayList<>();
        together.await();
        for (int number = 0; number < MESSAGES; number++) {
            Envelope.Request message = request(sender, number);
            if (!mailbox.put(message)) {
                break;
            }
            accepted.add((Integer) message.request);
        }
        return accepted;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, SENDERS * MESSAGES})
    void everyMessageIsTakenInOrderOrLeftWhenItIsClosed(int taken) throws Exception {
        Mailbox mailbox = new Mailbox();
        ClassLoader nobodys = new ClassLoader() {};
        CyclicBarrier together = new CyclicBarrier(SENDERS + 1);
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<List<Integer>>> senders = IntStream.range(0, SENDERS)
                    .mapToObj(sender -> threads.submit(() -> send(mailbox, sender, together)))
                    .toList();
            List<Envelope.Request> got = new ArrayList<>();
            together.await();
            while (got.size() < taken) {
                synchronized (mailbox) {
                    if (got.size() % 8_192 == 0) {
                        assertThat(mailbox.removeCarrying(nobodys)).isEmpty();
                    }
                    Envelope next = mailbox.take();
                    if (next != null) {
                        got.add((Envelope.Request) next);
                    }
                }
            }
            List<PendingCall> left;
            synchronized (mailbox) {
                left = mailbox.close();
                assertThat(mailbox.take()).isNull();
                assertThat(mailbox.size()).isZero();
            }

            assertThat(mailbox.put(request(0, 0))).isFalse();
            List<Integer> accepted = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                List<Integer> his = senders.get(sender).get();
                int who = sender;
                List<Integer> heard = got.stream()
                        .map(message -> (Integer) message.request)
                        .filter(number -> number / MESSAGES == who)
                        .toList();
                assertThat(heard).isEqualTo(his.subList(0, heard.size()));
                accepted.addAll(his);
            }
            assertThat(got.size() + left.size()).isEqualTo(accepted.size());
            assertThat(left).doesNotHaveDuplicates();
            assertThat(left)
                    .doesNotContainAnyElementsOf(
                            got.stream().map(Envelope.Request::call).toList());
        } finally {
            threads.shutdownNow();
        }
    }

    /** A mailbox, as Lincheck tries it. */
    public static class Tried {
        private final Mailbox mailbox = new Mailbox();

        @Operation
        public boolean put(int number) {
            return mailbox.put(request(0, number));
        }

        @Operation
        public synchronized @Nullable Object take() {
            Envelope message = mailbox.take();
            return message == null ? null : message.content();
        }

        @Operation
        public synchronized int close() {
            return mailbox.close().size();
        }

        @Operation
        public synchronized int size() {
            return mailbox.size();
        }
    }

    @Test
    void isLinearizable() {
        LinChecker.check(
                Tried.class,
                new StressOptions()
                        .iterations(20)
                        .invocationsPerIteration(2_000)
                        .threads(3)
                        .actorsPerThread(3));
    }
}
