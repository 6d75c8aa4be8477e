// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Typed actors of Pekko. */
final class PekkoActors implements Actors {
    private static final String STOP = "stop";

    private record Request(ActorRef<Object> replyTo) {}

    private record Spawn(Behavior<Object> behavior, ActorRef<Object> replyTo) {}

    private record Reply() {}

    private final Gate done = new Gate();
    private final Pekko pekko = new Pekko();
    private final ActorRef<Object> sink = pekko.start(sink(), "sink");
    private final ActorRef<Object> echo = pekko.start(echo(), "echo");
    private final ActorRef<Object> caller = pekko.start(Behaviors.setup(CallingActor::new), "caller");
    private final ActorRef<Object> parent = pekko.start(parent(), "parent");
    private final Behavior<Object> idle = Behaviors.receive(Object.class)
            .onMessageEquals(STOP, Behaviors::stopped)
            .onSignal(PostStop.class, signal -> ended())
            .build();
    private List<ActorRef<Object>> ring = List.of();

    private Behavior<Object> sink() {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("last")) {
                done.open();
            }
            return Behaviors.same();
        });
    }

    private static Behavior<Object> echo() {
        return Behaviors.receiveMessage(message -> {
            ((Request) message).replyTo().tell(new Reply());
            return Behaviors.same();
        });
    }

    /** Starts children, each of which says itself that it has started. */
    private static Behavior<Object> parent() {
        return Behaviors.receive((context, message) -> {
            Spawn spawn = (Spawn) message;
            context.spawnAnonymous(Behaviors.<Object>setup(child -> {
                spawn.replyTo().tell(child.getSelf());
                return spawn.behavior();
            }));
            return Behaviors.same();
        });
    }

    private Behavior<Object> ended() {
        done.open();
        return Behaviors.same();
    }

    @Override
    public void tell(int messages) {
        for (int i = 1; i < messages; i++) {
            sink.tell("more");
        }
        sink.tell("last");
        done.pass();
    }

    @Override
    public void call() {
        pekko.ask(echo, Request::new);
    }

    @Override
    public void callBetween(int calls) {
        caller.tell(calls);
        done.pass();
    }

    @Override
    public void formRing(int size) {
        List<ActorRef<Object>> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(pekko.start(Behaviors.setup(Member::new), "member-" + i));
        }
        for (int i = 0; i < size; i++) {
            members.get(i).tell(members.get((i + 1) % size));
        }
        ring = members;
    }

    @Override
    public void runRing(int hops) {
        ring.get(0).tell(hops);
        done.pass();
    }

    @Override
    public Object spawn() {
        return pekko.ask(parent, replyTo -> new Spawn(idle, replyTo));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void end(Object process) {
        ((ActorRef<Object>) process).tell(STOP);
        done.pass();
    }

    @Override
    public void close() {
        pekko.close();
    }

    /** An actor does not wait: it asks, and goes on when the reply comes as a message. */
    private final class CallingActor extends AbstractBehavior<Object> {
        private int left;

        private CallingActor(ActorContext<Object> context) {
            super(context);
        }

        @Override
        public Receive<Object> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Integer.class, calls -> {
                        left = calls;
                        return next();
                    })
                    .onMessage(Reply.class, reply -> next())
                    .onMessage(RuntimeException.class, failure -> {
                        throw failure;
                    })
                    .build();
        }

        private Behavior<Object> next() {
            if (left == 0) {
                done.open();
            } else {
                left--;
                getContext()
                        .ask(
                                Object.class,
                                echo,
                                Duration.ofSeconds(Gate.PATIENCE_SECONDS),
                                Request::new,
                                (reply, failure) -> failure == null ? reply : new IllegalStateException(failure));
            }
            return this;
        }
    }

    /** First told who is next. */
    private final class Member extends AbstractBehavior<Object> {
        private ActorRef<Object> next = sink;

        private Member(ActorContext<Object> context) {
            super(context);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Receive<Object> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Integer.class, this::pass)
                    .onMessage(ActorRef.class, actor -> {
                        next = actor;
                        return this;
                    })
                    .build();
        }

        private Behavior<Object> pass(int hops) {
            if (hops == 0) {
                done.open();
            } else {
                next.tell(hops - 1);
            }
            return this;
        }
    }
}
