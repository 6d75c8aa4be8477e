// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.greeting.Greeter;
import org.bequest.itests.container.plugin.greeting.RudeException;
import org.bequest.process.CallTimeoutException;
import org.bequest.process.Caller;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.StartFailedException;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.testkit.Background;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.ServiceReference;

/** What is refused, and the limits, of living services. Here their interface is the JDK's {@link Function}. */
public class ServiceRefusalsIT extends ContainerTest {
    /** Answers as the function does. */
    private record Answering(Function<Object, Object> function) implements Worker, Function<Object, Object> {
        @Override
        public Object apply(Object argument) {
            return function.apply(argument);
        }

        @Override
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(apply(request));
        }
    }

    private Spawned spawn(String module, Function<Object, Object> function, Object... properties) throws Exception {
        Object[] all = Arrays.copyOf(properties, properties.length + 2);
        all[properties.length] = WorkerModule.SERVICES;
        all[properties.length + 1] = new String[] {Function.class.getName()};
        bench.module(module, () -> new Answering(function), all);
        return bench.spawn(ProcessSpec.of(module));
    }

    @SuppressWarnings("unchecked")
    private Function<Object, Object> service(Spawned process) throws Exception {
        ServiceReference<?>[] found = bench.context()
                .getServiceReferences(Function.class.getName(), "(" + WorkerModule.PID + "=" + process.pid() + ")");
        assertThat(found).hasSize(1);
        return (Function<Object, Object>) bench.context().getService(found[0]);
    }

    @Test
    public void interfaceOfTheModulesOwnBundleIsRefused() throws Exception {
        bench.start(GreeterBundles.moduleWithoutImport("1.0.0")
                .classes(Greeter.class)
                .classes(RudeException.class));

        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("greeter")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(Greeter.class.getName())
                .hasMessageContaining("plugin.greeter");
        assertThat(bench.context().getAllServiceReferences(Greeter.class.getName(), null))
                .isNull();
    }

    @Test
    public void interfaceThatTheModuleCannotLoadIsRefused() throws Exception {
        bench.module("lost", () -> new Worker() {}, WorkerModule.SERVICES, "com.example.Missing");

        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("lost")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("com.example.Missing");
    }

    @Test
    public void classThatIsNoInterfaceIsRefused() throws Exception {
        bench.module("classy", () -> new Worker() {}, WorkerModule.SERVICES, "java.lang.Thread");

        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("classy")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("no interface");
    }

    @Test
    public void workerThatDoesNotImplementTheInterfaceIsRefused() throws Exception {
        bench.module("pretender", () -> new Worker() {}, WorkerModule.SERVICES, Supplier.class.getName());

        assertThatThrownBy(() -> bench.spawn(ProcessSpec.of("pretender")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(Supplier.class.getName());
        assertThat(bench.context()
                        .getAllServiceReferences(Supplier.class.getName(), "(" + WorkerModule.MODULE + "=pretender)"))
                .isNull();
    }

    @Test
    public void callTimesOut_afterTheModulesTime() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Spawned process = spawn(
                "slow",
                argument -> {
                    Wait.until("it is released", release);
                    return argument;
                },
                WorkerModule.TIMEOUT_MS,
                50L);
        Function<Object, Object> service = service(process);

        assertThatThrownBy(() -> service.apply("x"))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining(process.pid().toString())
                .hasMessageContaining("50 ms");
        release.countDown();
        assertThat(bench.processes().call(process.pid(), "still there", Wait.LIMIT))
                .isEqualTo("still there");
    }

    @Test
    public void uncheckedExceptionReachesTheCaller_andTheProcessGoesOn() throws Exception {
        Spawned process = spawn("moody", argument -> {
            throw new IllegalStateException("not in the mood for " + argument);
        });

        assertThatThrownBy(() -> service(process).apply("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not in the mood for x");
        assertThat(process.alive()).isTrue();
    }

    @Test
    public void processMayNotCallItsOwnService() throws Exception {
        AtomicReference<Function<Object, Object>> itself = new AtomicReference<>();
        Spawned process = spawn(
                "selfish",
                argument -> argument.equals("call yourself") ? itself.get().apply("x") : argument);
        itself.set(service(process));

        assertThatThrownBy(() -> itself.get().apply("call yourself"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(process.pid().toString());
        assertThat(itself.get().apply("anything else")).isEqualTo("anything else");
    }

    @Test
    public void proxyAnswersForItself_whatIsNoneOfTheProcesssBusiness() throws Exception {
        Spawned process = spawn("plain", argument -> argument);
        Function<Object, Object> service = service(process);
        process.killed();

        assertThat(service).isEqualTo(service).hasSameHashCodeAs(service).isNotEqualTo("something else");
        assertThat(service.toString()).contains(process.pid().toString());
    }

    @Test
    public void callsOfTheServiceAndOfTheProcess_areHandledOneAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        Spawned process = spawn("single", argument -> {
            int now = inside.incrementAndGet();
            Thread.yield();
            inside.decrementAndGet();
            return now;
        });
        Function<Object, Object> service = service(process);

        var byService = Background.run(() -> {
            for (int i = 0; i < 2_000; i++) {
                assertThat(service.apply(i)).isEqualTo(1);
            }
        });
        for (int i = 0; i < 2_000; i++) {
            assertThat(bench.processes().call(process.pid(), i, Wait.LIMIT)).isEqualTo(1);
        }
        Wait.result(byService);
    }
}
