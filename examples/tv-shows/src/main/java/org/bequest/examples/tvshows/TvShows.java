// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tvshows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.table.Access;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.term.Pid;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The tour's commands. They are this bundle's, which so owns the table; the last two are a stranger's. */
@Component(
        service = TvShows.class,
        property = {
            "osgi.command.scope=tv-shows",
            "osgi.command.function=new",
            "osgi.command.function=insert",
            "osgi.command.function=tab2list",
            "osgi.command.function=delete",
            "osgi.command.function=lookup",
            "osgi.command.function=match",
            "osgi.command.function=drop",
            "osgi.command.function=peek",
            "osgi.command.function=poke"
        })
public final class TvShows {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Tables tables;
    private final Processes processes;

    @Activate
    public TvShows(@Reference Tables tables, @Reference Processes processes) {
        this.tables = tables;
        this.processes = processes;
    }

    @Descriptor("makes the table, whose rows are tuples")
    public String _new(
            @Descriptor("set, ordered_set, bag or duplicate_bag") String type,
            @Descriptor("private, protected or public") String access) {
        Table table = tables.create(spec(type, access));
        return "Table '" + table.name() + "'";
    }

    @Descriptor("makes the table, whose rows are records or tuples")
    public String _new(
            @Descriptor("set, ordered_set, bag or duplicate_bag") String type,
            @Descriptor("private, protected or public") String access,
            @Descriptor("records or tuples") String rows) {
        if (rows.equals("tuples")) {
            return _new(type, access);
        }
        if (!rows.equals("records")) {
            throw new IllegalArgumentException("Rows are tuples or records, not " + rows);
        }
        Table table = RecordShows.create(tables, spec(type, access));
        return "Table '" + table.name() + "', " + table.shape();
    }

    @Descriptor("puts a show in")
    public boolean insert(
            @Descriptor("the title, which is the key") String title,
            @Descriptor("who has the lead") String actor,
            @Descriptor("a number") double rating) {
        shows().insert(title, actor, rating);
        return true;
    }

    @Descriptor("lists all shows")
    public String tab2list() {
        return shows().toList().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    @Descriptor("removes a show; says whether there was one")
    public boolean delete(@Descriptor("its title") String title) {
        return shows().delete(title);
    }

    @Descriptor("gives the rows of a title")
    public String lookup(@Descriptor("the title") String title) {
        return shows().lookup(title).toString();
    }

    @Descriptor("gives, of each show that looks like this, what the variables stand for; a rating cannot be given")
    public String match(
            @Descriptor("a title, '$N' for a variable, or _ for anything") String title,
            @Descriptor("the same for the lead") String actor,
            @Descriptor("a variable, or _") String rating) {
        return String.valueOf(Terms.copyOf(shows().match(List.of(title, actor, rating))));
    }

    @Descriptor("drops the table")
    public boolean drop() {
        tables.open(Shows.TABLE).drop();
        return true;
    }

    @Descriptor("looks a title up for a process that does not own the table")
    public String peek(@Descriptor("the title") String title) {
        return String.valueOf(processes.call(viewer(), title, TIMEOUT));
    }

    @Descriptor("puts a show in for a process that does not own the table")
    public String poke(
            @Descriptor("the title") String title,
            @Descriptor("who has the lead") String actor,
            @Descriptor("a number") double rating) {
        return String.valueOf(processes.call(viewer(), Tuple.of(title, actor, rating), TIMEOUT));
    }

    private Pid viewer() {
        return processes.spawn(ProcessSpec.of(ViewerModule.NAME));
    }

    /** This bundle's own handle on the table, seen as what it was made for. */
    private Shows shows() {
        Table table = tables.open(Shows.TABLE);
        return table.shape() == null ? new TupleShows(table) : new RecordShows(table);
    }

    private static TableSpec spec(String type, String access) {
        return TableSpec.of(Shows.TABLE).type(among(TableType.values(), type)).access(among(Access.values(), access));
    }

    private static <E extends Enum<E>> E among(E[] choices, String name) {
        return Arrays.stream(choices)
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no '" + name + "', only "
                        + Arrays.stream(choices)
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
