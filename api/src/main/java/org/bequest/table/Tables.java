// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to tables, for the one who asks. As an OSGi service it knows the bundle that got it, which becomes the owner
 * of what is created and claimed through it; {@link org.bequest.process.Self#tables()} does the same for a process. It
 * stops working ({@link FencedException}) when that bundle stops or that process ends, or gets new code: ask again.
 *
 * <p>Threads: any.
 */
@ProviderType
public interface Tables {
    /**
     * Creates a table that lives as long as its owner, or as its heirs; {@code ets:new/2}.
     *
     * @throws TableExistsException if there is a table of that name
     * @throws NoEngineException if the engine is not there
     */
    Table create(TableSpec spec);

    /**
     * Gives the caller the table of that name, for good: creates it if there is none, and hands it back, rows and all, if
     * it is in escrow and was left there by the caller or is meant for him as its heir. A table that the caller owns
     * already is returned. A bundle is known by its symbolic name, a process by its module, and as heir also by its
     * registered name.
     *
     * <p>A claimed table goes to escrow when its owner ends without an heir. A table that was there already gets the access of
     * the spec, and its heir if it names one; type, key position and engine must be what they were.
     *
     * @throws TableExistsException if somebody else owns the table or left it, or if its type, key position or engine differ
     * @throws NoEngineException if the table is new and its engine is not there
     */
    Table claim(TableSpec spec);

    /**
     * A handle on the table of that name: with an owner's rights if the caller owns it just now, otherwise with those that
     * its {@link Access} leaves to others.
     *
     * @throws NoSuchTableException if there is none
     */
    Table open(String name);

    /** What is known of the table of that name, whoever owns it; {@code ets:info/1}. */
    Optional<TableInfo> find(String name);

    /** All tables, by name; {@code ets:all/0} and {@code ets:info/1}. A copy. */
    List<TableInfo> list();
}
