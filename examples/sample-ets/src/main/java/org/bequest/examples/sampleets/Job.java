// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.sampleets;

import org.bequest.process.Self;

/**
 * A function that is sent to a worker. It is an object of this bundle, so it can be in a message to a worker of this bundle,
 * but in no table; and if the bundle is replaced before the worker has come to it, it is dropped, as its code is gone.
 */
@FunctionalInterface
interface Job {
    void execute(Self self);
}
