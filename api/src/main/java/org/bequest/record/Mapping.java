// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import java.util.Map;
import java.util.stream.Stream;
import org.bequest.table.ColumnType;
import org.jspecify.annotations.Nullable;

/** What terms are made of one Java type. Known from the classes alone; how they are laid out in a table comes with a codec. */
interface Mapping {
    /**
     * The type of a column that is made for it.
     *
     * @param otherwise values for components of nested records, by path
     */
    ColumnType type(Map<String, Object> otherwise);

    /** The records that are in it, at any depth of other containers. */
    Stream<RecordMapping> records();

    /**
     * For a column that is there already.
     *
     * @throws Misfit if no value of that column could be one of the Java type, whatever it is
     */
    Codec codec(ColumnType stored, Map<String, Object> otherwise);

    /** The class whose instances are at once terms of its type and values of it; null if there is none. */
    default @Nullable Class<?> asIs() {
        return null;
    }
}
