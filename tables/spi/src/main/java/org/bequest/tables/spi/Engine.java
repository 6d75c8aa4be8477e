// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.spi;

import org.bequest.table.TableType;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of storage, as an OSGi service; its name is the service property {@value #NAME}.
 *
 * <p>An engine may be replaced while its tables live: the kernel then moves the rows into stores of the new one, while
 * readers go on in the old. What a store needs for that must work after its bundle has stopped.
 */
@ConsumerType
@FunctionalInterface
public interface Engine {
    /** Service property: the engine's name, a string. Required. */
    String NAME = "bequest.engine";

    /**
     * A new empty store.
     *
     * @param keyPosition index of the key in each row, from 0
     */
    Store newStore(TableType type, int keyPosition);
}
