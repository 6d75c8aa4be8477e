// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.itests.container.plugin.greeting.Greeter;
import org.bequest.process.CallFailedException;
import org.bequest.process.Caller;
import org.bequest.process.Handover;
import org.bequest.process.ProcessExitedException;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.testkit.Background;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.promise.Promise;

/** Calls of a living service that are answered later than their method returns. */
public class DeferIT extends ContainerTest {
    /** The callers whose answer was put off. */
    private final BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();

    /** Answers the service as a function says; runs functions that it is sent. */
    @SuppressWarnings("overloads") // nobody calls what the two interfaces have by default
    private static final class Deferring implements Worker, Function<Object, Object>, IntUnaryOperator {
        private final BiFunction<Self, Object, Object> answer;
        private Self self;

        Deferring(BiFunction<Self, Object, Object> answer) {
            this.answer = answer;
        }

        @Override
        public void onStart(Self self, Object argument) {
            this.self = self;
        }

        @Override
        public void onResume(Self self, Handover handover) {
            this.self = self;
        }

        @Override
        public Object apply(Object argument) {
            return answer.apply(self, argument);
        }

        @Override
        public int applyAsInt(int operand) {
            answer.apply(self, operand);
            return operand;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void onCall(Self self, Object request, Caller caller) {
            caller.reply(((Function<Self, Object>) request).apply(self));
        }
    }

    /** Puts the answer off. */
    private Object later(Self self, Object argument) {
        callers.add(self.defer());
        return "not " + argument;
    }

    private Spawned spawn(BiFunction<Self, Object, Object> answer) throws Exception {
        return spawn(answer, Function.class);
    }

    private Spawned spawn(BiFunction<Self, Object, Object> answer, Class<?> service) throws Exception {
        bench.module("deferring", () -> new Deferring(answer), WorkerModule.SERVICES, service.getName());
        return bench.spawn(ProcessSpec.of("deferring"));
    }

    private <T> T service(Spawned process, Class<T> type) throws Exception {
        ServiceReference<?>[] found = bench.context()
                .getServiceReferences(type.getName(), "(" + WorkerModule.PID + "=" + process.pid() + ")");
        assertThat(found).hasSize(1);
        return type.cast(bench.context().getService(found[0]));
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<Object> call(Spawned process, Object argument) throws Exception {
        Function<Object, Object> service = service(process, Function.class);
        return Background.get(() -> service.apply(argument));
    }

    @Test
    public void callerWaits_untilItIsAnswered() throws Exception {
        Spawned process = spawn(this::later);
        CompletableFuture<Object> first = call(process, "first");
        Caller caller = Wait.next(callers);
        CompletableFuture<Object> second = call(process, "second");
        Caller other = Wait.next(callers);
        assertThat(first).isNotDone();

        other.reply("the second");
        process.runs(self -> self.caller(caller.ref()).orElseThrow().reply("the first"));

        assertThat(Wait.result(first)).isEqualTo("the first");
        assertThat(Wait.result(second)).isEqualTo("the second");
        assertThat(process.<Boolean>does(self -> self.caller(caller.ref()).isEmpty()))
                .isTrue();
        caller.reply("too late");
    }

    @Test
    public void firstAnswerCounts_ifTheMethodAnswersItself() throws Exception {
        Spawned process = spawn((self, argument) -> {
            self.defer().reply("at once");
            if (argument.equals("throw")) {
                throw new IllegalStateException("too late");
            }
            return "returned";
        });

        assertThat(Wait.result(call(process, "return"))).isEqualTo("at once");
        assertThat(Wait.result(call(process, "throw"))).isEqualTo("at once");
    }

    @Test
    public void exceptionIsSent_ifTheMethodThrowsAfterwards() throws Exception {
        Spawned process = spawn((self, argument) -> {
            callers.add(self.defer());
            throw new IllegalStateException("after all");
        });

        assertThat(Spawned.failure(call(process, "x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("after all");
        assertThat(process.alive()).isTrue();
    }

    @Test
    public void callerIsAnswered_byTheNextWorker() throws Exception {
        offer("1.0.0", (self, argument) -> later(self, argument));
        Spawned process = bench.spawn(ProcessSpec.of("across"));
        CompletableFuture<Object> call = call(process, "x");
        long ref = Wait.next(callers).ref();

        offer("2.0.0", (self, argument) -> "unused");
        Wait.until("it runs the next version", () -> "2.0.0"
                .equals(String.valueOf(process.info().version())));

        assertThat(call).isNotDone();
        process.runs(self -> self.caller(ref).orElseThrow().reply("by the next"));
        assertThat(Wait.result(call)).isEqualTo("by the next");
    }

    private void offer(String version, BiFunction<Self, Object, Object> answer) throws Exception {
        Bundle bundle = bench.start(PluginJar.named("plugin.across").version(version));
        WorkerModule module = () -> new Deferring(answer);
        bundle.getBundleContext()
                .registerService(
                        WorkerModule.class,
                        module,
                        new Hashtable<>(Map.of(
                                WorkerModule.MODULE, "across", WorkerModule.SERVICES, Function.class.getName())));
    }

    /** Of the worker's own class loader, as far as the kernel can see. */
    private static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OwnException(String message) {
            super(message);
        }
    }

    @Test
    public void failureReachesTheCaller_asTextOrAsItIs() throws Exception {
        Spawned process = spawn(this::later);
        CompletableFuture<Object> text = call(process, "x");
        Wait.next(callers).fail("no luck");
        CompletableFuture<Object> exception = call(process, "x");
        IllegalArgumentException thrown = new IllegalArgumentException("of the JDK");
        Wait.next(callers).fail(thrown);
        CompletableFuture<Object> own = call(process, "x");
        Wait.next(callers).fail(new OwnException("of the plugin"));

        assertThat(Spawned.failure(text))
                .isInstanceOf(CallFailedException.class)
                .hasMessage("no luck");
        assertThat(Spawned.failure(exception)).isSameAs(thrown);
        assertThat(Spawned.failure(own)).isInstanceOf(CallFailedException.class).hasMessageContaining("of the plugin");
    }

    @Test
    public void callFails_ifTheProcessEndsBeforeItAnswers() throws Exception {
        Spawned process = spawn(this::later);
        CompletableFuture<Object> call = call(process, "x");
        Wait.next(callers);

        process.killed();

        assertThat(Spawned.failure(call)).isInstanceOf(ProcessExitedException.class);
    }

    @Test
    public void callFails_ifTheReplyIsNotOfTheMethodsType() throws Exception {
        Spawned process = spawn(this::later, IntUnaryOperator.class);
        IntUnaryOperator service = service(process, IntUnaryOperator.class);
        for (Object unfit : new Object[] {"text", 1L, null}) {
            CompletableFuture<Integer> call = Background.get(() -> service.applyAsInt(7));
            Wait.next(callers).reply(unfit);
            assertThat(Spawned.failure(call))
                    .isInstanceOf(CallFailedException.class)
                    .hasMessageContaining("returns int")
                    .hasMessageContaining(
                            unfit == null ? "null" : unfit.getClass().getName());
        }
        CompletableFuture<Integer> call = Background.get(() -> service.applyAsInt(7));
        Wait.next(callers).reply(8);
        assertThat(Wait.result(call)).isEqualTo(8);
    }

    @Test
    public void onlyTheMethodsThreadMayDefer_whileItRuns() throws Exception {
        Spawned process = spawn((self, argument) -> {
            CompletableFuture<Caller> elsewhere = Background.get(self::defer);
            callers.clear();
            return Spawned.failure(elsewhere);
        });

        assertThat(Wait.result(call(process, "x"))).isInstanceOf(IllegalStateException.class);
        assertThat(process.refused(Self::defer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(process.pid().toString());
        Self self = process.does(own -> own);
        assertThatThrownBy(self::defer).isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void whatComesLater_isAnsweredToo() throws Exception {
        bench.start(GreeterBundles.greetingApi());
        Bundle plugin = bench.start(PluginJar.named("plugin.deferred")
                .imports(Greeter.class.getPackageName())
                .imports("org.osgi.util.promise"));
        Class<?> greeter = plugin.loadClass(Greeter.class.getName());
        ClassLoader loader = plugin.adapt(BundleWiring.class).getClassLoader();
        Self[] self = new Self[1];
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("onStart")) {
                self[0] = (Self) arguments[0];
            } else if (method.getDeclaringClass() == greeter) {
                callers.add(self[0].defer());
            }
            return null;
        };
        WorkerModule module =
                () -> (Worker) Proxy.newProxyInstance(loader, new Class<?>[] {Worker.class, greeter}, handler);
        plugin.getBundleContext()
                .registerService(
                        WorkerModule.class,
                        module,
                        new Hashtable<>(Map.of(
                                WorkerModule.MODULE, "deferred", WorkerModule.SERVICES, Greeter.class.getName())));
        bench.spawn(ProcessSpec.of("deferred"));
        Greeter service = GreeterBundles.asSeenByTheTest(
                bench.context().getService(bench.context().getAllServiceReferences(Greeter.class.getName(), null)[0]));

        CompletionStage<String> soon = service.greetSoon("Ada");
        Caller caller = Wait.next(callers);
        assertThat(soon.toCompletableFuture()).isNotDone();
        caller.reply("Hello, soon");
        assertThat(Wait.result(soon)).isEqualTo("Hello, soon");

        Promise<String> promised = service.greetPromised("Ada");
        Wait.next(callers).fail("not today");
        assertThat(promised.getFailure()).isInstanceOf(CallFailedException.class);
    }
}
