// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bequest.table.Access;
import org.bequest.table.ManagedTable;
import org.bequest.table.Recipient;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DutyTest {
    private static final TableSpec ORDERS = TableSpec.of("orders")
            .type(TableType.ORDERED_SET)
            .access(Access.PRIVATE)
            .keyPosition(2)
            .engine("durable");

    private record Order(String customer, List<Long> items, long number) {}

    static Stream<ManagedTable> duties() {
        return Stream.of(
                new ManagedTable(TableSpec.of("orders"), Recipient.named("cart"), null),
                new ManagedTable(ORDERS, Recipient.bundle("shop.cart"), Tuple.of("gift", 1)),
                new ManagedTable(
                        TableSpec.of("orders", Order.class).key("number").table(), Recipient.named("cart"), null),
                new ManagedTable(ORDERS, Recipient.process(new Pid(1, 2)), "gift"));
    }

    @ParameterizedTest
    @MethodSource("duties")
    void dutyComesBackFromItsRow(ManagedTable duty) {
        assertThat(Duty.ofRow(Duty.toRow(duty))).isEqualTo(duty);
    }

    @Test
    void heirIsLeftOut_sinceItIsAlwaysTheManager() {
        ManagedTable duty =
                new ManagedTable(ORDERS.heir(Recipient.named("another"), null), Recipient.named("cart"), null);

        assertThat(Duty.ofRow(Duty.toRow(duty)).table()).isEqualTo(ORDERS);
    }

    /** Rows outlive the version that wrote them: these must be read for ever, also with elements that came later. */
    @Test
    void rowOfAnotherVersionIsRead() {
        Tuple first = Tuple.of("orders", "ORDERED_SET", "PRIVATE", 2, "durable", Tuple.of("named", "cart"), "gift");
        Tuple later = Tuple.of(
                "orders", "ORDERED_SET", "PRIVATE", 2, "durable", Tuple.of("named", "cart"), "gift", null, "later");

        assertThat(Duty.ofRow(first)).isEqualTo(new ManagedTable(ORDERS, Recipient.named("cart"), "gift"));
        assertThat(Duty.ofRow(later)).isEqualTo(new ManagedTable(ORDERS, Recipient.named("cart"), "gift"));
    }

    @Test
    void rowWithColumnsIsRead() {
        Object id = Tuple.of("id", List.of("number"), "long", false, null, 0);
        Tuple row = Tuple.of(
                "orders",
                "SET",
                "PROTECTED",
                0,
                "heap",
                Tuple.of("named", "cart"),
                null,
                Tuple.of("shape", 1, 0, List.of(id)));

        assertThat(Duty.ofRow(row).table().shape()).isNotNull().hasToString("(id long)");
    }
}
