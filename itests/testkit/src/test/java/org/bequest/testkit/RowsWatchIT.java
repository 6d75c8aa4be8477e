// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch is worth what it finds. */
final class RowsWatchIT {
    private Container container;
    private Tables tables;
    private Table bag;
    private RowsWatch watch;

    @BeforeEach
    void start() throws Exception {
        container = Container.start();
        tables = container.service(Tables.class);
        bag = tables.create(TableSpec.of("guests").type(TableType.DUPLICATE_BAG));
        bag.insert(Tuple.of("ada", 1));
        bag.insert(Tuple.of("ada", 1));
        bag.insert(Tuple.of("grace", 2));
        watch = RowsWatch.of(tables, "guests");
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    @Test
    void passes_whenThereAreMoreRows() {
        bag.insert(Tuple.of("joan", 3));

        watch.assertKept();
    }

    @Test
    void namesTheRow_thatIsGone() {
        bag.delete("grace");

        assertThatThrownBy(watch::assertKept)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("guests has lost 1 of 3 rows: [{\"grace\", 2}]");
    }

    @Test
    void fails_whenOneOfTwoEqualRowsIsGone() {
        bag.delete("ada");
        bag.insert(Tuple.of("ada", 1));

        assertThatThrownBy(watch::assertKept).hasMessageContaining("lost 1 of 3 rows: [{\"ada\", 1}]");
    }

    @Test
    void fails_whenARowIsAnotherOne() {
        bag.delete("grace");
        bag.insert(Tuple.of("grace", 3));

        assertThatThrownBy(watch::assertKept).hasMessageContaining("lost 1 of 3 rows: [{\"grace\", 2}]");
    }

    @Test
    void fails_whenTheTableIsGone() {
        bag.drop();

        assertThatThrownBy(watch::assertKept).hasMessageContaining("Table guests is gone, and its 3 rows");
    }
}
