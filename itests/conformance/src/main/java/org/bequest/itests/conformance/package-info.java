// SPDX-License-Identifier: Apache-2.0
/**
 * Replays recorded runs of Erlang's own ETS on tables of Bequest, and says where the two differ. Start at
 * {@link org.bequest.itests.conformance.Replay}; the format of the recordings is described in the module's README.
 */
@NullMarked
package org.bequest.itests.conformance;

import org.jspecify.annotations.NullMarked;
