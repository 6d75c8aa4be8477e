// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * What is nearest to supervisors in Pekko: a parent that spawns and watches, and children that are restarted on failure. A
 * restart makes a new behaviour within the same actor; the parent does not take part in it.
 */
final class PekkoFamilies implements Families {
    private static final String STOP = "stop";
    private static final String CRASH = "crash";
    private static final Behavior<Object> IDLE = Behaviors.receive(Object.class)
            .onMessageEquals(CRASH, () -> {
                throw new IllegalStateException("as asked");
            })
            .build();

    /** @param name null for a child without one */
    private record Start(@Nullable String name, ActorRef<Object> replyTo) {}

    private record StartVictim(ActorRef<Object> replyTo) {}

    private final Pekko pekko = new Pekko();
    private final AtomicInteger families = new AtomicInteger();
    private final Gate started = new Gate();
    private final Gate ended = new Gate();

    @Override
    public Family start(boolean simple) {
        ActorRef<Object> parent = pekko.start(parent(), "parent-" + families.incrementAndGet());
        return new PekkoFamily(parent, simple);
    }

    private Behavior<Object> parent() {
        return Behaviors.setup(context -> Behaviors.receive(Object.class)
                .onMessage(Start.class, start -> {
                    Behavior<Object> child = restarted(Behaviors.setup(self -> {
                        start.replyTo().tell(self.getSelf());
                        return IDLE;
                    }));
                    context.watch(
                            start.name() == null ? context.spawnAnonymous(child) : context.spawn(child, start.name()));
                    return Behaviors.same();
                })
                .onMessage(StartVictim.class, start -> {
                    context.watch(context.spawn(restarted(victim(start.replyTo())), "victim"));
                    return Behaviors.same();
                })
                .onMessageEquals(STOP, Behaviors::stopped)
                .onSignal(Terminated.class, terminated -> Behaviors.same())
                .onSignal(PostStop.class, stopped -> {
                    ended.open();
                    return Behaviors.same();
                })
                .build());
    }

    private Behavior<Object> victim(ActorRef<Object> replyTo) {
        return Behaviors.setup(self -> {
            replyTo.tell(self.getSelf());
            started.open();
            return IDLE;
        });
    }

    private static Behavior<Object> restarted(Behavior<Object> child) {
        return Behaviors.supervise(child)
                .onFailure(
                        IllegalStateException.class,
                        SupervisorStrategy.restart().withLoggingEnabled(false));
    }

    @Override
    public void close() {
        pekko.close();
    }

    private final class PekkoFamily implements Family {
        private final ActorRef<Object> parent;
        private final boolean simple;
        private @Nullable ActorRef<Object> victim;

        private PekkoFamily(ActorRef<Object> parent, boolean simple) {
            this.parent = parent;
            this.simple = simple;
        }

        @Override
        public void startChild(int number) {
            String name = simple ? null : "child-" + number;
            pekko.ask(parent, replyTo -> new Start(name, replyTo));
        }

        @Override
        @SuppressWarnings("unchecked")
        public void startVictim() {
            victim = (ActorRef<Object>) pekko.ask(parent, StartVictim::new);
            started.pass();
        }

        @Override
        public void crash() {
            victim.tell(CRASH);
            started.pass();
        }

        @Override
        public void end() {
            parent.tell(STOP);
            ended.pass();
        }
    }
}
