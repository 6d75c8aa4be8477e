// SPDX-License-Identifier: Apache-2.0
/**
 * Records as rows: a table's rows seen through a Java record, by column name.
 *
 * <p>Start at {@link org.bequest.record.RecordTable}. {@code tables.claim(TableSpec.of("sessions", Session.class).key("id"))}
 * makes one; {@link org.bequest.record.RecordSpec} says how the rows follow when the record changes.
 *
 * <p>A table holds terms and the {@linkplain org.bequest.table.Shape names and types of its columns}, also as terms. The
 * record's class is known on the caller's side only: to the {@code RecordSpec} and the {@code RecordTable}, and to nothing that
 * outlives them. So a bundle's next version can bring another record of that name, and the class of the last one is garbage.
 *
 * <h2>Which components</h2>
 * Primitives and their boxes, {@code String}, {@code BigInteger}, {@code byte[]}, enums (by name), {@code Optional}, {@code
 * List}, {@code Collection}, {@code Set} and {@code Map}, other records, the terms themselves ({@code UUID}, {@code Binary},
 * {@code Pid}, {@code Tuple}, the values of {@code java.time}), and {@code Object} for any term. Collections come back
 * unmodifiable; a set is kept in the order of terms. A record that contains itself is refused: its shape would have no end.
 *
 * <p>Records and their packages need not be public or exported. They must not be in a named module that is closed to
 * reflection; bundles never are.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.record;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
