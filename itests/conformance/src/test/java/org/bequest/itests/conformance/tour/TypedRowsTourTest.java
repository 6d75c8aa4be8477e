// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bequest.match.MatchSyntax.column;
import static org.bequest.match.MatchSyntax.rows;

import java.time.LocalDate;
import java.util.Optional;
import org.bequest.itests.conformance.engine.EmbeddedContainer;
import org.bequest.record.RecordTable;
import org.bequest.table.ShapeException;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The tour of tables, typed rows, and what becomes of them when the record changes. Each version is a class of its own here. */
class TypedRowsTourTest {
    private static EmbeddedContainer container;
    private static Bundle plugin;
    private static Tables tables;

    @BeforeAll
    static void startContainer() throws Exception {
        container = EmbeddedContainer.start("org.bequest.tables.heap");
        plugin = container.newBundle("org.example.shows");
        tables = container.tablesOf(plugin);
    }

    @AfterAll
    static void stopContainer() throws Exception {
        container.close();
    }

    @AfterEach
    void drop() {
        tables.claim(TableSpec.of("shows")).drop();
    }

    /** What an update of the bundle does to its tables: they wait in escrow. */
    private static void update() throws Exception {
        plugin.stop();
        plugin.start();
        tables = container.tablesOf(plugin);
    }

    private static final class Version1 {
        // tag::v1[]
        record Show(String title, String actor, double rating) {}
        // end::v1[]

        static RecordTable<Show> claim() {
            return tables.claim(TableSpec.of("shows", Show.class));
        }

        static void tour() {
            // tag::records[]
            RecordTable<Show> shows = tables.claim(TableSpec.of("shows", Show.class));

            shows.insert(new Show("The Flash", "Grant Gustin", 7.9));
            shows.insert(new Show("Supergirl", "Melissa Benoist", 6.4));

            assertThat(shows.get("The Flash")).isEqualTo(new Show("The Flash", "Grant Gustin", 7.9));
            assertThat(shows.where(column("rating").atLeast(7)))
                    .containsExactly(new Show("The Flash", "Grant Gustin", 7.9));
            assertThat(shows.select(rows().where(column("rating").lessThan(7)).select(column("title"))))
                    .containsExactly("Supergirl");

            shows.update("Supergirl", "rating", 7.0);
            assertThat(shows.asMap()).containsEntry("Supergirl", new Show("Supergirl", "Melissa Benoist", 7.0));
            // end::records[]
            // tag::tuples[]
            Tuple row = shows.tuples().get("The Flash");
            assertThat(row).isEqualTo(Tuple.of("The Flash", "Grant Gustin", 7.9));
            assertThat(shows.tuples().shape()).hasToString("(title string, actor string?, rating double)");
            assertThat(shows.tuples().explain(rows().where(column("title").equalTo("The Flash"))))
                    .isEqualTo("lookup of key \"The Flash\"");
            // end::tuples[]
        }

        static void back() {
            // tag::back[]
            RecordTable<Show> shows = tables.claim(TableSpec.of("shows", Show.class));
            assertThat(shows.get("The Flash")).isEqualTo(new Show("The Flash", "Grant Gustin", 8.0));
            // end::back[]
        }
    }

    private static final class Version2 {
        // tag::v2[]
        record Show(String title, String lead, double rating, int seasons, Optional<LocalDate> ended) {}
        // end::v2[]

        static RecordTable<Show> claim() {
            return tables.claim(
                    TableSpec.of("shows", Show.class).renamed("actor", "lead").otherwise("seasons", 1));
        }

        static void tour() {
            // tag::changed[]
            RecordTable<Show> shows = tables.claim(
                    TableSpec.of("shows", Show.class).renamed("actor", "lead").otherwise("seasons", 1));

            assertThat(shows.get("The Flash"))
                    .isEqualTo(new Show("The Flash", "Grant Gustin", 7.9, 1, Optional.empty()));
            shows.update("The Flash", "rating", 8.0);
            // end::changed[]
        }
    }

    private static final class Version3 {
        // tag::v3[]
        record Stars(int full, boolean half) {}

        record Show(String title, String lead, Stars rating) {}
        // end::v3[]

        static void tour() {
            // tag::refused[]
            assertThatThrownBy(() -> tables.claim(TableSpec.of("shows", Show.class)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("rating");
            // end::refused[]
            // tag::migrate[]
            RecordTable<Show> shows =
                    tables.claim(TableSpec.of("shows", Show.class).migrate(row -> {
                        long halves = Math.round((Double) row.get("rating"));
                        return new Show(
                                (String) row.get("title"),
                                (String) row.get("lead"),
                                new Stars((int) halves / 2, halves % 2 == 1));
                    }));

            assertThat(shows.get("Supergirl")).isEqualTo(new Show("Supergirl", "Melissa Benoist", new Stars(3, true)));
            assertThat(shows.tuples().get("Supergirl"))
                    .isEqualTo(Tuple.of("Supergirl", "Melissa Benoist", Tuple.of(3, true)));
            // end::migrate[]
        }
    }

    @Test
    void recordsAreRows() {
        Version1.tour();
    }

    @Test
    void columnsFollowTheRecordAndBack() throws Exception {
        Version1.claim().insert(new Version1.Show("The Flash", "Grant Gustin", 7.9));
        update();
        Version2.tour();
        Version2.claim().update("The Flash", "seasons", 9);
        update();
        Version1.back();
        update();
        assertThat(Version2.claim().get("The Flash"))
                .isEqualTo(new Version2.Show("The Flash", "Grant Gustin", 8.0, 1, Optional.empty()));
    }

    @Test
    void rowsAreMigrated() throws Exception {
        Version1.claim().insert(new Version1.Show("Supergirl", "Melissa Benoist", 6.6));
        update();
        Version2.claim();
        update();
        Version3.tour();
    }
}
