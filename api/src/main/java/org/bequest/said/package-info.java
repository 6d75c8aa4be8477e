// SPDX-License-Identifier: Apache-2.0
/** What specifications are made of. Not exported. */
@NullMarked
package org.bequest.said;

import org.jspecify.annotations.NullMarked;
