// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.List;
import java.util.UUID;
import org.bequest.table.Table;
import org.bequest.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Recordings of {@code ets}: each program runs on a fresh table.
 *
 * @param engine that is to keep the tables
 */
record Ets(Tables tables, String engine) implements Suite {
    /** @throws org.bequest.table.NoEngineException if there is no such engine */
    @Override
    public Execution begin(@Nullable Object json) {
        Program program = Program.read(json);
        String name = "conformance-" + program.id() + "-" + UUID.randomUUID();
        Table table = tables.create(program.table(name).engine(engine));
        return new OnTable(program, table, new EtsTable(table));
    }

    private record OnTable(Program recorded, Table table, EtsTable ets) implements Execution {
        @Override
        public String program() {
            return recorded.id();
        }

        @Override
        public List<?> operations() {
            return recorded.operations();
        }

        @Override
        public @Nullable Difference perform(@Nullable Object json) {
            Operation operation = Operation.read(json);
            Answer answer = ets.perform(operation);
            return operation.expectation().isMetBy(answer)
                    ? null
                    : new Difference(
                            operation.toString(), operation.expectation().toString(), answer.toString());
        }

        @Override
        public void close() {
            table.drop();
        }
    }
}
