// SPDX-License-Identifier: Apache-2.0
/** Version 2 of the smallest plugin. */
@NullMarked
package org.bequest.examples.visits;

import org.jspecify.annotations.NullMarked;
