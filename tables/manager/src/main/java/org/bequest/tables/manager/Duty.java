// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.manager;

import org.bequest.table.Access;
import org.bequest.table.ManagedTable;
import org.bequest.table.Recipient;
import org.bequest.table.Shape;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;

/** A managed table as a row. Older and newer versions of this bundle read it too: elements may be added, at the end. */
final class Duty {
    /** The table's name is the row's key. */
    static final int KEY = 0;

    /** Rows that were written before tables had columns are shorter. */
    private static final int SHAPE = 7;

    private static final String PROCESS = "process";
    private static final String NAMED = "named";
    private static final String BUNDLE = "bundle";

    private Duty() {}

    /** The heir is left out: it is always the manager. */
    static Tuple toRow(ManagedTable duty) {
        TableSpec spec = duty.table();
        return Tuple.of(
                spec.name(),
                spec.type().name(),
                spec.access().name(),
                spec.keyPosition(),
                spec.engine(),
                toTuple(duty.holder()),
                duty.gift(),
                spec.shape() == null ? null : spec.shape().toTerm());
    }

    static ManagedTable ofRow(Tuple row) {
        TableSpec spec = TableSpec.of(row.getString(KEY))
                .type(TableType.valueOf(row.getString(1)))
                .access(Access.valueOf(row.getString(2)))
                .keyPosition(Math.toIntExact(row.getLong(3)))
                .engine(row.getString(4))
                .shape(row.size() > SHAPE && row.get(SHAPE) != null ? Shape.ofTerm(row.get(SHAPE)) : null);
        return new ManagedTable(spec, toRecipient(row.getTuple(5)), row.get(6));
    }

    private static Tuple toTuple(Recipient holder) {
        if (holder instanceof Recipient.Named named) {
            return Tuple.of(NAMED, named.name());
        }
        if (holder instanceof Recipient.Bundle bundle) {
            return Tuple.of(BUNDLE, bundle.symbolicName());
        }
        return Tuple.of(PROCESS, ((Recipient.Process) holder).pid());
    }

    private static Recipient toRecipient(Tuple holder) {
        String kind = holder.getString(0);
        return switch (kind) {
            case NAMED -> Recipient.named(holder.getString(1));
            case BUNDLE -> Recipient.bundle(holder.getString(1));
            case PROCESS -> Recipient.process((Pid) holder.get(1));
            default -> throw new IllegalArgumentException("A table cannot be for a '" + kind + "': " + holder);
        };
    }
}
