// SPDX-License-Identifier: Apache-2.0
/** Version 1 of the smallest plugin. */
@NullMarked
package org.bequest.examples.visits;

import org.jspecify.annotations.NullMarked;
