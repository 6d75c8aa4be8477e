// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.process.Worker;

/** The code that a process runs just now: a worker, whose it is, and the life that its handles are bound to. */
record Behaviour(Worker worker, Provider provider, ProcessLife life, SelfView self) {}
