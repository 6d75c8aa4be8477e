// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.bequest.table.Access;
import org.bequest.table.Column;
import org.bequest.table.Escrow;
import org.bequest.table.Heir;
import org.bequest.table.Owner;
import org.bequest.table.Shape;
import org.bequest.table.Table;
import org.bequest.table.TableInfo;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What there is to see of tables. Public for Gogo, which finds commands by reflection. */
@Component(
        service = TableCommands.class,
        property = {
            "osgi.command.scope=bequest",
            "osgi.command.function=tables",
            "osgi.command.function=table",
            "osgi.command.function=escrow",
            "osgi.command.function=drop"
        })
public final class TableCommands {
    private final Tables tables;
    private final Escrow escrow;

    @Activate
    public TableCommands(@Reference Tables tables, @Reference Escrow escrow) {
        this.tables = tables;
        this.escrow = escrow;
    }

    @Descriptor("lists all tables with their owners")
    public String tables() {
        Columns columns = new Columns("NAME", "TYPE", "ACCESS", "ROWS", "OWNER", "HEIR");
        for (TableInfo table : tables.list()) {
            columns.row(table.name(), type(table), access(table), table.size(), table.owner(), heir(table.heir()));
        }
        return columns.orIfEmpty("There are no tables.");
    }

    @Descriptor("shows a table: who owns it, and its first rows")
    public String table(
            @Descriptor("how many rows to show at most; default 20")
                    @Parameter(
                            names = {"-n", "--rows"},
                            absentValue = "20")
                    int rows,
            @Descriptor("the table's name") String name) {
        Table table = tables.open(name);
        TableInfo info = table.info();
        return String.join(
                "\n",
                "Table   " + info.name() + ", " + type(info) + ", key at " + info.keyPosition() + ", engine "
                        + info.engine(),
                "Owner   " + info.owner() + (info.claimed() ? ", claimed" : ""),
                "Heir    " + heir(info.heir()),
                "Access  " + access(info),
                "Rows    " + info.size(),
                info.access() == Access.PRIVATE
                        ? "Private: only the owner may read the rows."
                        : rows(table, info.shape(), rows));
    }

    private static String rows(Table table, @Nullable Shape shape, int most) {
        List<Tuple> first = table.stream().limit(most + 1L).toList();
        String rows = text(first.subList(0, Math.min(most, first.size())), shape);
        return first.size() > most ? rows + "\n  ... and more; -n shows that many" : rows;
    }

    /** Under the names and types of the columns, in the order of the record; or, without a shape, as tuples. */
    static String text(List<Tuple> rows, @Nullable Shape shape) {
        if (shape == null) {
            return rows.stream().map(row -> "  " + row).collect(Collectors.joining("\n"));
        }
        List<Column> columns = shape.columns();
        Columns lines = new Columns(cells(columns, Column::name))
                .row((Object[]) cells(columns, column -> column.type() + (column.nullable() ? "?" : "")));
        rows.forEach(row -> lines.row((Object[]) cells(columns, column -> text(column.in(row)))));
        return lines.toString().indent(2).stripTrailing();
    }

    /** As it is within a tuple: strings have quotes. */
    private static String text(@Nullable Object term) {
        String tuple = Tuple.of(term).toString();
        return tuple.substring(1, tuple.length() - 1);
    }

    private static String[] cells(List<Column> columns, Function<Column, String> cell) {
        return columns.stream().map(cell).toArray(String[]::new);
    }

    @Descriptor("lists the tables that nobody owns just now, with since when and from whom")
    public String escrow() {
        Columns columns = new Columns("NAME", "ROWS", "SINCE", "LEFT BY", "HEIR");
        for (TableInfo table : escrow.list()) {
            if (table.owner() instanceof Owner.Escrow held) {
                String since = Age.of(Duration.between(held.since(), Instant.now()));
                columns.row(table.name(), table.size(), since, held.from(), heir(table.heir()));
            }
        }
        return columns.orIfEmpty("No table is in escrow.");
    }

    @Descriptor("drops a table that is in escrow, with all its rows, for good")
    public String drop(@Descriptor("the table's name") String name) {
        escrow.drop(name);
        return "Table '" + name + "' is gone.";
    }

    private static String type(TableInfo table) {
        return table.type().name().toLowerCase(Locale.ROOT);
    }

    private static String access(TableInfo table) {
        return table.access().name().toLowerCase(Locale.ROOT);
    }

    private static String heir(@Nullable Heir heir) {
        return heir == null ? "none" : heir.to().toString();
    }
}
