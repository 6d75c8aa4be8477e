// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * What a worker that takes over a process gets from the one before. Immutable.
 *
 * @param argument what the process was started with
 * @param state what {@link Worker#onSuspend} returned; null also if the last worker was fenced off before it could
 * @param from the version of the module's bundle that ran the process before; it may be the same as now, or higher
 */
public record Handover(@Nullable Object argument, @Nullable Object state, Version from) {}
