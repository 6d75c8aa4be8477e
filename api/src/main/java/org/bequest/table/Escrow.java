// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operator's view of tables that nobody owns just now. Nothing in escrow expires by itself. An OSGi service.
 *
 * <p>Threads: any.
 */
@ProviderType
public interface Escrow {
    /** The tables in escrow, by name; since when and from whom is in their {@link Owner.Escrow}. A copy. */
    List<TableInfo> list();

    /**
     * Drops a table that is in escrow, with all its rows.
     *
     * @throws NoSuchTableException if no table of that name is in escrow
     */
    void drop(String table);
}
