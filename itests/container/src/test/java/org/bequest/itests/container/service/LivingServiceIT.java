// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.itests.container.service.GreeterBundles.asSeenByTheTest;
import static org.bequest.itests.container.service.GreeterBundles.consumer;
import static org.bequest.itests.container.service.GreeterBundles.greetingApi;
import static org.bequest.itests.container.service.GreeterBundles.module;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.greeting.Greeter;
import org.bequest.itests.container.plugin.greeting.RudeException;
import org.bequest.process.CallFailedException;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.WorkerModule;
import org.bequest.testkit.Background;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.Wait;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.util.promise.Promise;

/** A process that is a service, of an interface from a bundle that stays, while its code is replaced. */
public class LivingServiceIT extends ContainerTest {
    private final BlockingQueue<Integer> events = new LinkedBlockingQueue<>();
    private final AllServiceListener listener = event -> events.add(event.getType());
    private Bundle plugin;
    private Spawned process;

    @Before
    public void startGreeter() throws Exception {
        bench.start(greetingApi());
        plugin = bench.start(module("1.0.0"));
        bench.context().addServiceListener(listener, "(" + Constants.OBJECTCLASS + "=" + Greeter.class.getName() + ")");
        process = bench.spawn(ProcessSpec.of("greeter").name("the-greeter"));
    }

    @After
    public void stopListening() {
        bench.context().removeServiceListener(listener);
    }

    private List<ServiceReference<?>> references() {
        try {
            ServiceReference<?>[] found = bench.context().getAllServiceReferences(Greeter.class.getName(), null);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the component of the consumer is active: it is then a service itself. */
    private static boolean isActive(Bundle consumer) {
        ServiceReference<?>[] services = consumer.getRegisteredServices();
        return services != null && services.length > 0;
    }

    private Greeter greeter() {
        return asSeenByTheTest(bench.context().getService(references().get(0)));
    }

    @Test
    public void serviceIsThere_whenSpawnReturns_andSaysWhoItIs() throws Exception {
        assertThat(references()).hasSize(1);
        ServiceReference<?> reference = references().get(0);
        assertThat(reference.getProperty(WorkerModule.MODULE)).isEqualTo("greeter");
        assertThat(reference.getProperty(WorkerModule.PID))
                .isEqualTo(process.pid().toString());
        assertThat(reference.getProperty(WorkerModule.PROCESS)).isEqualTo("the-greeter");
        assertThat(reference.getBundle()).isEqualTo(bench.shipped("org.bequest.kernel"));
        assertThat(greeter().greet("Ada")).isEqualTo("Hello Ada from 1.0.0, number 0");
    }

    @Test
    public void eachProcessHasItsOwnService_asLongAsItLives() throws Exception {
        Spawned second = bench.spawn(ProcessSpec.of("greeter"));
        assertThat(references()).hasSize(2);

        process.killed();
        Wait.until("its service is gone", () -> references().size() == 1);

        assertThat(references().get(0).getProperty(WorkerModule.PID))
                .isEqualTo(second.pid().toString());
        assertThat(references().get(0).getProperty(WorkerModule.PROCESS)).isNull();
        second.killed();
        Wait.until("both are gone", () -> references().isEmpty());
    }

    @Test
    public void serviceStaysPublished_whileItsCodeIsReplaced() throws Exception {
        Greeter greeter = greeter();
        assertThat(greeter.greet("Ada")).isEqualTo("Hello Ada from 1.0.0, number 0");

        bench.update(plugin, module("1.1.0"));
        assertThat(greeter.greet("Ada")).isEqualTo("Hello Ada from 1.1.0, number 1");
        plugin.stop();
        plugin.start();
        assertThat(greeter.greet("Ada")).isEqualTo("Hello Ada from 1.1.0, number 2");
        bench.start(module("2.0.0"));
        Wait.until("the higher version greets", () -> greeter.greet("Ada").contains("2.0.0"));
        plugin.uninstall();
        assertThat(greeter.greet("Ada")).contains("from 2.0.0");

        assertThat(events).containsExactly(ServiceEvent.REGISTERED);
    }

    @Test
    public void componentOfAConsumerDoesNotBounce_andItsCallsWait() throws Exception {
        Bundle consumer = bench.start(consumer());
        Wait.until("the component is there", () -> isActive(consumer));
        @SuppressWarnings("unchecked")
        Function<String, String> component =
                (Function<String, String>) bench.context().getService(consumer.getRegisteredServices()[0]);
        assertThat(component.apply("Ada")).isEqualTo("Hello Ada from 1.0.0, number 0");

        plugin.stop();
        CompletableFuture<String> inTheGap = Background.get(() -> component.apply("Grace"));
        Wait.until("the call waits", () -> process.info().queued() == 1);
        assertThat(inTheGap).isNotDone();
        bench.update(plugin, module("2.0.0"));
        plugin.start();

        assertThat(Wait.result(inTheGap)).isEqualTo("Hello Grace from 2.0.0, number 1");
        for (int i = 3; i < 8; i++) {
            bench.update(plugin, module(i + ".0.0"));
            assertThat(component.apply("Ada")).contains("from " + i + ".0.0");
        }
        assertThat(component.apply("")).as("activations/deactivations").isEqualTo("1/0");

        process.killed();
        Wait.until("the component goes with the process", () -> !isActive(consumer));
    }

    @Test
    public void laterResultsComeBackAtOnce_andAreCompletedAfterTheGap() throws Exception {
        Greeter greeter = greeter();
        plugin.stop();

        CompletionStage<String> soon = greeter.greetSoon("Ada");
        Promise<String> promised = greeter.greetPromised("Grace");
        assertThat(soon.toCompletableFuture()).isNotDone();
        assertThat(promised.isDone()).isFalse();
        plugin.start();

        assertThat(Wait.result(soon)).isEqualTo("Hello Ada from 1.0.0, number 0");
        Wait.until("the promise is resolved", promised::isDone);
        assertThat(promised.getValue()).isEqualTo("Hello Grace from 1.0.0, number 1");
    }

    @Test
    public void exceptionsReachTheCaller_andTheProcessGoesOn() throws Exception {
        Greeter greeter = greeter();

        assertThatThrownBy(() -> greeter.greet("nobody"))
                .isInstanceOf(RudeException.class)
                .hasMessage("There is nobody");
        assertThatThrownBy(() -> Wait.result(greeter.greetSoon("nobody"))).hasStackTraceContaining("There is nobody");
        Promise<String> promised = greeter.greetPromised("nobody");
        Wait.until("the promise has failed", promised::isDone);
        assertThat(promised.getFailure()).hasMessage("There is nobody");
        assertThatThrownBy(() -> greeter.greet("own"))
                .as("of a class that goes with the plugin: told by its text")
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining("only the plugin knows my class");

        assertThat(greeter.greet("Ada")).isEqualTo("Hello Ada from 1.0.0, number 0");
    }

    @Test
    public void callersAreTold_whenTheProcessEnds() throws Exception {
        Greeter greeter = greeter();
        plugin.stop();
        CompletableFuture<String> waiting = Background.get(() -> greeter.greet("Ada"));
        CompletionStage<String> soon = greeter.greetSoon("Grace");
        Wait.until("both wait", () -> process.info().queued() == 2);

        process.killed();

        assertThat(Spawned.failure(waiting)).isInstanceOf(ProcessExitedException.class);
        assertThat(Spawned.failure(soon.toCompletableFuture())).isInstanceOf(ProcessExitedException.class);
        assertThatThrownBy(() -> greeter.greet("Ada"))
                .isInstanceOf(ProcessExitedException.class)
                .hasMessageContaining(process.pid().toString());
    }

    @Test
    public void noCallFails_whileTheCodeIsReplacedOverAndOver() throws Exception {
        Greeter greeter = greeter();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            callers.add(Background.get(() -> {
                long calls = 0;
                while (!over.get()) {
                    assertThat(Wait.result(greeter.greetSoon("Ada"))).startsWith("Hello Ada");
                    assertThat(greeter.greet("Grace")).startsWith("Hello Grace");
                    calls += 2;
                }
                return calls;
            }));
        }

        for (int i = 1; i <= 20; i++) {
            bench.update(plugin, module("1." + i));
            greeter.greet("Edsger");
        }
        over.set(true);

        long calls = 0;
        for (CompletableFuture<Long> caller : callers) {
            calls += Wait.result(caller);
        }
        assertThat(greeter.greet("Ada")).endsWith("number " + (calls + 20));
        assertThat(events).containsExactly(ServiceEvent.REGISTERED);
    }

    @Test
    public void classLoaderOfTheModuleIsCollected_thoughItsServiceStays() throws Exception {
        Bundle consumer = bench.start(consumer());
        Wait.until("the component is there", () -> isActive(consumer));
        Greeter greeter = greeter();
        greeter.greet("Ada");
        Wait.result(greeter.greetSoon("Ada"));
        greeter.greetPromised("Ada").getValue();
        assertThatThrownBy(() -> greeter.greet("own")).isInstanceOf(CallFailedException.class);
        ClassLoaderWatch old = ClassLoaderWatch.of(plugin);

        bench.update(plugin, module("2.0.0"));

        old.assertCollected();
        assertThat(greeter.greet("Ada")).contains("from 2.0.0");
    }

    @Test
    public void serviceStays_whenTheConsumerGoes() throws Exception {
        Bundle consumer = bench.start(consumer());
        Wait.until("the component is there", () -> isActive(consumer));

        consumer.uninstall();

        assertThat(process.info().status()).isNotEqualTo(ProcessInfo.Status.EXITED);
        assertThat(greeter().greet("Ada")).startsWith("Hello Ada");
        assertThat(events).containsExactly(ServiceEvent.REGISTERED);
    }
}
