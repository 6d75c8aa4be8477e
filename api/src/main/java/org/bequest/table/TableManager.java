// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps tables for processes and bundles that come and go: creates them, finds whom each is for, gives it with its gift,
 * takes it back, gives it to the next. An OSGi service that stays while the code behind it is replaced. The same tables can
 * be declared through Config Admin, factory PID {@value #FACTORY_PID}.
 *
 * <p>Threads: any. Calls wait for a manager that is being replaced.
 */
@ProviderType
public interface TableManager {
    /** The name that the manager's process is registered under, and that of its module. */
    String NAME = "table-manager";

    /**
     * Factory PID. Properties: {@code name} and {@code holder} (a process's registered name) or {@code holder.bundle} (a
     * symbolic name), both required; {@code type}, {@code access}, {@code key.position}, {@code engine}, {@code gift} (a
     * string).
     */
    String FACTORY_PID = "org.bequest.tables.managed";

    /**
     * Takes a table into its care, for good: the duty outlives the manager. Managing a table of that name again sets holder,
     * gift and access anew; they take effect when the table comes back from whoever holds it. Saying the same again changes
     * nothing. If the holder drops the table, the next holder to arrive gets a new, empty one.
     *
     * @throws TableExistsException if the name is taken by a table that the manager does not keep, or of another kind
     * @throws NoEngineException if the table's engine is not there
     */
    void manage(ManagedTable table);

    /**
     * Ends a duty. The table stays with whoever holds it, and goes to escrow when he ends; one that nobody holds goes there
     * at once.
     *
     * @throws NoSuchTableException if the manager keeps no table of that name
     */
    void release(String table);

    /** What the manager keeps, by name. A copy. */
    List<ManagedTable> managed();
}
