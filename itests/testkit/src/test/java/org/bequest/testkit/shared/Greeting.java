// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit.shared;

/** What a plugin and its test both know. */
public interface Greeting {
    String greet(String name);
}
