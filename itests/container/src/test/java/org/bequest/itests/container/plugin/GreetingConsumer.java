// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bequest.itests.container.plugin.greeting.Greeter;
import org.bequest.itests.container.plugin.greeting.RudeException;

/** A Declarative Services component with a static, mandatory reference to a {@link Greeter}; see the XML in the test. */
public final class GreetingConsumer implements Function<String, String> {
    private static final AtomicInteger ACTIVATIONS = new AtomicInteger();
    private static final AtomicInteger DEACTIVATIONS = new AtomicInteger();

    private Greeter greeter;

    void activate() {
        ACTIVATIONS.incrementAndGet();
    }

    void deactivate() {
        DEACTIVATIONS.incrementAndGet();
    }

    /** Has the name greeted; of the empty one, tells how often the component was activated and deactivated. */
    @Override
    public String apply(String name) {
        if (name.isEmpty()) {
            return ACTIVATIONS + "/" + DEACTIVATIONS;
        }
        try {
            return greeter.greet(name);
        } catch (RudeException e) {
            throw new IllegalStateException(e);
        }
    }
}
