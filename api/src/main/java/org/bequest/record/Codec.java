// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import org.jspecify.annotations.Nullable;

/** Writes the values of one Java type as terms of one type of column, and reads them. Any thread may use it. */
interface Codec {
    /** @throws Misfit if the value has no term of that type */
    @Nullable
    Object encode(@Nullable Object value);

    /** @throws Misfit if the term has no value */
    @Nullable
    Object decode(@Nullable Object term);
}
