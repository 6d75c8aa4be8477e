// SPDX-License-Identifier: Apache-2.0
/** Keeps the pages true. Start at {@link org.bequest.itests.readme.Pages}. */
@NullMarked
package org.bequest.itests.readme;

import org.jspecify.annotations.NullMarked;
