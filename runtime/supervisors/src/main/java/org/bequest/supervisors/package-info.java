// SPDX-License-Identifier: Apache-2.0
/** Supervision: the behaviour of supervisors' processes. What they know stands in tables. */
@NullMarked
package org.bequest.supervisors;

import org.jspecify.annotations.NullMarked;
