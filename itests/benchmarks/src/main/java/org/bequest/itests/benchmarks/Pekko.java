// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system as it comes, but for its log. */
final class Pekko implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(Gate.PATIENCE_SECONDS);

    private final ActorSystem<Object> system = ActorSystem.create(
            Behaviors.empty(),
            "benchmarks",
            ConfigFactory.parseString("pekko { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }")
                    .withFallback(ConfigFactory.load()));

    ActorRef<Object> start(Behavior<Object> behavior, String name) {
        return system.systemActorOf(behavior, name, Props.empty());
    }

    /** Asks from outside of any actor, and waits. */
    Object ask(ActorRef<Object> actor, Function<ActorRef<Object>, Object> request) {
        return AskPattern.<Object, Object>ask(actor, request::apply, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
