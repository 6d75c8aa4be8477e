// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.greeting;

import java.util.concurrent.CompletionStage;
import org.osgi.util.promise.Promise;

/** What processes answer as a service; in tests its package comes from a bundle of its own, which stays. */
public interface Greeter {
    /** Says who greeted, and how many it has greeted before. */
    String greet(String name) throws RudeException;

    CompletionStage<String> greetSoon(String name);

    Promise<String> greetPromised(String name);
}
