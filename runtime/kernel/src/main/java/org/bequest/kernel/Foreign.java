// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.bequest.process.CallFailedException;
import org.bequest.process.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * What living services exchange with their callers. OSGi promises are handled by reflection, on the very class that the
 * service's interface names: the kernel is not wired to their package, so a refresh of it leaves the kernel alone.
 */
final class Foreign {
    private static final String PROMISE = "org.osgi.util.promise.Promise";
    private static final String DEFERRED = "org.osgi.util.promise.Deferred";

    private Foreign() {}

    /** What may be passed on of an exception of a worker: itself, or its text if its class is the module's own. */
    static Throwable exception(Throwable thrown, @Nullable ClassLoader module) {
        Throwable real =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        int depth = 0;
        for (Throwable link = real; link != null && depth < 16; link = link.getCause(), depth++) {
            if (link.getClass().getClassLoader() == module) {
                return new CallFailedException(ExitReason.Crashed.of(real).toString());
            }
        }
        return real;
    }

    /** Whether a method of that type may return the value, or, if it returns what comes later, may have that come. */
    static boolean fits(@Nullable Object value, Class<?> type) {
        if (type == void.class || isLater(type)) {
            return true;
        }
        return value == null
                ? !type.isPrimitive()
                : MethodType.methodType(type).wrap().returnType().isInstance(value);
    }

    static boolean isLater(Class<?> type) {
        return isPromise(type)
                || CompletionStage.class.isAssignableFrom(type) && type.isAssignableFrom(CompletableFuture.class);
    }

    private static boolean isPromise(Class<?> type) {
        return type.getName().equals(PROMISE);
    }

    /** What a method returned, as a stage if it is something that comes later; null if it is there already. */
    static @Nullable CompletionStage<?> stage(@Nullable Object result, Class<?> type)
            throws ReflectiveOperationException {
        if (result instanceof CompletionStage<?> stage) {
            return stage;
        }
        if (result == null || !isPromise(type)) {
            return null;
        }
        CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
        Runnable settle = () -> {
            try {
                Throwable failure = (Throwable) type.getMethod("getFailure").invoke(result);
                if (failure == null) {
                    stage.complete(type.getMethod("getValue").invoke(result));
                } else {
                    stage.completeExceptionally(failure);
                }
            } catch (ReflectiveOperationException broken) {
                stage.completeExceptionally(broken);
            }
        };
        type.getMethod("onResolve", Runnable.class).invoke(result, settle);
        return stage;
    }

    /** The stage as what the method has to return. */
    static Object later(CompletableFuture<@Nullable Object> stage, Class<?> type) throws ReflectiveOperationException {
        if (!isPromise(type)) {
            return stage;
        }
        Class<?> deferredType = type.getClassLoader().loadClass(DEFERRED);
        Object deferred = deferredType.getConstructor().newInstance();
        stage.whenComplete((value, thrown) -> {
            try {
                if (thrown == null) {
                    deferredType.getMethod("resolve", Object.class).invoke(deferred, value);
                } else {
                    deferredType.getMethod("fail", Throwable.class).invoke(deferred, thrown);
                }
            } catch (InvocationTargetException resolvedAlready) {
                throw new IllegalStateException(resolvedAlready.getCause());
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(broken);
            }
        });
        return deferredType.getMethod("getPromise").invoke(deferred);
    }
}
