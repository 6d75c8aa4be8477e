// SPDX-License-Identifier: Apache-2.0
/** Director's example sample_ets. Start at {@link org.bequest.examples.sampleets.SampleSupervisor}. */
@NullMarked
package org.bequest.examples.sampleets;

import org.jspecify.annotations.NullMarked;
