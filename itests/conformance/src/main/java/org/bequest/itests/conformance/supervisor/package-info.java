// SPDX-License-Identifier: Apache-2.0
/**
 * Replays recorded runs of Erlang's own supervisor on supervisors of Bequest, with children that act by a script. Start at
 * {@link org.bequest.itests.conformance.supervisor.Performance}; the module's README describes the format of the recordings.
 */
@NullMarked
package org.bequest.itests.conformance.supervisor;

import org.jspecify.annotations.NullMarked;
