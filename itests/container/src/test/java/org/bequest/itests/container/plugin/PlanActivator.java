// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.time.Duration;
import java.util.Hashtable;
import org.bequest.supervisor.ChildExit;
import org.bequest.supervisor.CustomPlan;
import org.bequest.supervisor.Decision;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers the restart plan {@code plan}; header {@code Decides} has how it behaves. */
public final class PlanActivator implements BundleActivator, CustomPlan {
    private static final ThreadLocal<Object> LEFT_BEHIND = new ThreadLocal<>();

    private String decides = "";

    @Override
    public void start(BundleContext context) {
        decides = context.getBundle().getHeaders().get("Decides");
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(PLAN, "plan");
        context.registerService(CustomPlan.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    @SuppressWarnings("NullAway") // null is what it must not be
    public @Nullable Decision decide(ChildExit exit) throws Exception {
        LEFT_BEHIND.set(this);
        switch (decides) {
            case "wait":
                return Decision.WAIT;
            case "delay":
                return Decision.restartAfter(Duration.ofMillis(1));
            case "delete":
                return Decision.DELETE;
            case "stop":
                return Decision.stop("as the plan says");
            case "null":
                return null;
            case "exception":
                throw new OwnException();
            case "error":
                throw new NoClassDefFoundError("com/example/Missing");
            case "block":
                while (true) {
                    try {
                        Thread.sleep(Long.MAX_VALUE);
                    } catch (InterruptedException passedOver) {
                        continue;
                    }
                }
            default:
                return Decision.RESTART;
        }
    }

    /** A class of the plugin, whose text does not want to be made. */
    public static final class OwnException extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("no text either");
        }
    }
}
