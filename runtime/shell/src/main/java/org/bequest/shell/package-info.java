// SPDX-License-Identifier: Apache-2.0
/** Gogo commands that show what the kernel keeps, in the scope {@code bequest}. */
@NullMarked
package org.bequest.shell;

import org.jspecify.annotations.NullMarked;
