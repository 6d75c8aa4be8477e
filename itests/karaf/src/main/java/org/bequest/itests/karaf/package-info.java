// SPDX-License-Identifier: Apache-2.0
/** The load that a test puts on a process while its code is updated. */
@NullMarked
package org.bequest.itests.karaf;

import org.jspecify.annotations.NullMarked;
