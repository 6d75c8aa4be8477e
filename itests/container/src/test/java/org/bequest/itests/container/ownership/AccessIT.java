// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.ownership;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bequest.itests.container.kit.Owners.owner;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Spawned;
import org.bequest.table.Access;
import org.bequest.table.Heir;
import org.bequest.table.NotOwnerException;
import org.bequest.table.Recipient;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.term.Tuple;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What others may do: every operation, by another bundle and by another process. */
public class AccessIT extends ContainerTest {
    private static final Tuple ROW = Tuple.of("k", 1);
    private static final Tuple OTHER = Tuple.of("other", 2);

    private static final Map<String, Consumer<Table>> READS = Map.ofEntries(
            entry("get", table -> table.get("k")),
            entry("lookup", table -> table.lookup("k")),
            entry("member", table -> table.member("k")),
            entry("size", Table::size),
            entry("toList", Table::toList),
            entry("iterator", table -> table.iterator().next()),
            entry("stream", table -> table.stream().count()),
            entry("first", Table::first),
            entry("last", Table::last),
            entry("next", table -> table.next("k")),
            entry("prev", table -> table.prev("k")));

    private static final Map<String, Consumer<Table>> WRITES = Map.ofEntries(
            entry("insert", table -> table.insert(OTHER)),
            entry("insert several", table -> table.insert(List.of(OTHER))),
            entry("insertNew", table -> table.insertNew(OTHER)),
            entry("insertNew several", table -> table.insertNew(List.of(OTHER))),
            entry("replace", table -> table.replace(ROW, Tuple.of("k", 5))),
            entry("update", table -> table.update("k", 1, 5)),
            entry("update several", table -> table.update("k", Map.of(1, 5))),
            entry("updateCounter", table -> table.updateCounter("k", 1, 1)),
            entry("updateCounter with default", table -> table.updateCounter("x", 1, 1, OTHER)),
            entry("take", table -> table.take("k")),
            entry("delete", table -> table.delete("k")),
            entry("deleteAll", Table::deleteAll));

    private static final Map<String, Consumer<Table>> OWNERS = Map.of(
            "leave", Table::leave,
            "giveAway", table -> table.giveAway(Recipient.named("somebody"), null),
            "setHeir", table -> table.setHeir(new Heir(Recipient.named("somebody"), null)));

    private static final Map<String, Consumer<Table>> DROP = Map.of("drop", Table::drop);

    @Test
    public void othersMayNothing_ifTheTableIsPrivate() throws Exception {
        assertMay(Access.PRIVATE, false, READS);
        assertMay(Access.PRIVATE, false, WRITES);
        assertMay(Access.PRIVATE, false, OWNERS);
        assertMay(Access.PRIVATE, false, DROP);
    }

    @Test
    public void othersMayReadOnly_ifTheTableIsProtected() throws Exception {
        assertMay(Access.PROTECTED, true, READS);
        assertMay(Access.PROTECTED, false, WRITES);
        assertMay(Access.PROTECTED, false, OWNERS);
        assertMay(Access.PROTECTED, false, DROP);
    }

    @Test
    public void othersMayReadWriteAndDrop_ifTheTableIsPublic() throws Exception {
        assertMay(Access.PUBLIC, true, READS);
        assertMay(Access.PUBLIC, true, WRITES);
        assertMay(Access.PUBLIC, false, OWNERS);
        assertMay(Access.PUBLIC, true, DROP);
    }

    @Test
    public void everybodyMayAskWhatIsKnown_ofAPrivateTable() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(spec(Access.PRIVATE)).insert(ROW);

        assertThat(bench.tables().open("guarded").info()).isEqualTo(bench.table("guarded"));
        assertThat(bench.table("guarded").size()).isEqualTo(1);
        assertThat(bench.table("guarded").owner()).isEqualTo(owner(owner));
    }

    @Test
    public void ownerOpensItsOwnTable_withItsRights() throws Exception {
        Bundle owner = bench.bundle("owner");
        bench.tablesOf(owner).create(spec(Access.PRIVATE));

        Table opened = bench.tablesOf(owner).open("guarded");

        opened.insert(ROW);
        assertThat(opened.toList()).containsExactly(ROW);
        opened.drop();
    }

    private static TableSpec spec(Access access) {
        return TableSpec.of("guarded").type(TableType.ORDERED_SET).access(access);
    }

    /** Tries each of the operations on a fresh table, as another bundle and as another process. */
    private void assertMay(Access access, boolean may, Map<String, Consumer<Table>> operations) throws Exception {
        Bundle owner = bench.bundle("owner");
        Bundle otherBundle = bench.bundle("other");
        Spawned otherProcess = bench.spawn();
        Map<String, Function<Consumer<Tables>, RuntimeException>> others = Map.of(
                owner(otherBundle).toString(), attempt -> attempt(bench.tablesOf(otherBundle), attempt),
                owner(otherProcess).toString(), attempt -> otherProcess.does(self -> attempt(self.tables(), attempt)));
        Map<String, Object> wrong = new TreeMap<>();
        others.forEach((who, attempts) -> operations.forEach((name, operation) -> {
            Table table = bench.tablesOf(owner).create(spec(access));
            table.insert(ROW);
            RuntimeException refusal = attempts.apply(tables -> operation.accept(tables.open("guarded")));
            if (may && refusal != null) {
                wrong.put(name + " by " + who, refusal);
            } else if (!may && !(refusal instanceof NotOwnerException)) {
                wrong.put(name + " by " + who, "was not refused as it should be: " + refusal);
            } else if (!may && !refusal.getMessage().contains(who)) {
                wrong.put(name + " by " + who, "does not name who tried: " + refusal.getMessage());
            } else if (!may && !table.toList().equals(List.of(ROW))) {
                wrong.put(name + " by " + who, "was refused, but changed the table: " + table.toList());
            }
            if (bench.exists("guarded")) {
                table.drop();
            }
        }));
        assertThat(wrong).as("of a %s table", access).isEmpty();
        owner.uninstall();
        otherBundle.uninstall();
    }

    /** What the operation throws, or null. */
    private static RuntimeException attempt(Tables tables, Consumer<Tables> operation) {
        try {
            operation.accept(tables);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
