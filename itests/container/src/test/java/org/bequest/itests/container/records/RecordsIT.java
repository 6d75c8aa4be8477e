// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.plugin.shows.FailingShows;
import org.bequest.itests.container.plugin.shows.FirstShows;
import org.bequest.itests.container.plugin.shows.IncompatibleShows;
import org.bequest.itests.container.plugin.shows.MigratedShows;
import org.bequest.itests.container.plugin.shows.SecondShows;
import org.bequest.itests.container.plugin.shows.ShowsActivator;
import org.bequest.process.ProcessSpec;
import org.bequest.record.RecordTable;
import org.bequest.table.Shape;
import org.bequest.table.ShapeException;
import org.bequest.table.Table;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.bequest.testkit.Background;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A plugin's record becomes another one while its table, and those who read it, stay. */
public class RecordsIT extends ContainerTest {
    private static final String FIRST_ROW = "Show[title=1.0.0, year=2001, lead=Lead, scenes=7]";

    /** What another bundle knows of a show: the first version's columns, but for the scenes. */
    private record Seen(String lead, String title, int year) {}

    private static PluginJar shows(String version, Class<? extends ShowsActivator<?>> activator) {
        return PluginJar.named("plugin.shows")
                .version(version)
                .imports("org.bequest.record")
                .classes(ShowsActivator.class)
                .activator(activator);
    }

    private static PluginJar module(String version, Class<? extends ShowsActivator<?>> activator) {
        return shows(version, activator).header("Shows-Module", "shows");
    }

    /** What that version has read after it has claimed the table. */
    @SuppressWarnings("unchecked")
    private List<String> seenBy(String version) {
        Tuple row = bench.tables().open("seen").get(version);
        assertThat(row).as("what %s has seen", version).isNotNull();
        return (List<String>) row.get(1);
    }

    private Table rows() {
        return bench.tables().open("shows");
    }

    private RecordTable<Seen> asOthersSeeThem() {
        return bench.tables().open("shows", Seen.class);
    }

    @Test
    public void rowsFollowTheRecordOfTheNextVersion() throws Exception {
        Bundle bundle = bench.start(shows("1.0.0", FirstShows.class));
        List<Tuple> before = rows().toList();

        bench.update(bundle, shows("2.0.0", SecondShows.class));

        assertThat(seenBy("1.0.0")).containsExactly(FIRST_ROW);
        assertThat(seenBy("2.0.0"))
                .containsExactly(
                        "Show[rating=5.5, star=Lead, title=1.0.0, year=2001]",
                        "Show[rating=9.5, star=Star, title=2.0.0, year=2002]");
        assertThat(rows().toList()).as("no row was written anew").containsAll(before);
        assertThat(bench.table("shows").shape())
                .hasToString("(rating double otherwise 5.5, star string?, title string, year long)");
    }

    @Test
    public void versionBeforeComesBack_andFindsAllButWhatWasDropped() throws Exception {
        Bundle bundle = bench.start(shows("1.0.0", FirstShows.class));
        bench.update(bundle, shows("2.0.0", SecondShows.class));

        bench.update(bundle, shows("1.0.1", FirstShows.class));
        bench.update(bundle, shows("2.0.1", SecondShows.class));

        assertThat(seenBy("1.0.1"))
                .containsExactly(
                        "Show[title=1.0.0, year=2001, lead=Lead, scenes=-1]",
                        "Show[title=1.0.1, year=2001, lead=Lead, scenes=7]",
                        "Show[title=2.0.0, year=2002, lead=Star, scenes=-1]");
        assertThat(seenBy("2.0.1"))
                .extracting(text -> text.substring(text.indexOf("star")))
                .containsExactlyInAnyOrder(
                        "star=Lead, title=1.0.0, year=2001]",
                        "star=Star, title=2.0.0, year=2002]",
                        "star=Lead, title=1.0.1, year=2001]",
                        "star=Star, title=2.0.1, year=2002]");
    }

    @Test
    public void viewsOfOtherBundlesReadOn_whileVersionsComeAndGo() throws Exception {
        Bundle bundle = bench.start(shows("1.0.0", FirstShows.class));
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        List<CompletableFuture<Void>> readers = IntStream.range(0, 3)
                .mapToObj(i -> reader(asOthersSeeThem(), over, reads))
                .toList();

        for (int i = 1; i <= 10; i++) {
            long before = reads.get();
            bench.update(bundle, shows("2.0." + i, SecondShows.class));
            bench.update(bundle, shows("1.0." + i, FirstShows.class));
            Wait.until(
                    "it has been read",
                    () -> reads.get() > before || readers.stream().anyMatch(CompletableFuture::isDone));
        }
        over.set(true);

        readers.forEach(Wait::result);
        assertThat(asOthersSeeThem().toList())
                .hasSize(21)
                .contains(new Seen("Lead", "1.0.10", 2001), new Seen("Star", "2.0.10", 2002));
    }

    private static CompletableFuture<Void> reader(RecordTable<Seen> table, AtomicBoolean over, AtomicLong reads) {
        return Background.run(() -> {
            for (long size = 0; !over.get(); reads.incrementAndGet()) {
                List<Seen> all = table.toList();
                assertThat(all.size()).isGreaterThanOrEqualTo((int) size);
                size = all.size();
                assertThat(table.iterator()).toIterable().hasSizeGreaterThanOrEqualTo(all.size());
                assertThat(table.get("1.0.0")).isEqualTo(new Seen("Lead", "1.0.0", 2001));
                assertThat(all)
                        .allMatch(show -> show.equals(
                                show.title().startsWith("1.")
                                        ? new Seen("Lead", show.title(), 2001)
                                        : new Seen("Star", show.title(), 2002)));
            }
        });
    }

    @Test
    public void rowsAreMigrated_byAFunctionOfTheNewVersion() throws Exception {
        Bundle bundle = bench.start(shows("1.0.0", FirstShows.class));

        bench.update(bundle, shows("2.0.0", MigratedShows.class));
        bench.update(bundle, shows("2.0.1", MigratedShows.class));

        assertThat(seenBy("2.0.0")).containsExactly("1.0.0 with Lead in the NOUGHTIES", "2.0.0 with New in the TENS");
        assertThat(seenBy("2.0.1")).hasSize(3).containsAll(seenBy("2.0.0"));
    }

    @Test
    public void incompatibleVersionIsRefused_andTheOneBeforeComesBack() throws Exception {
        AbstractThrowableAssert<?, ? extends Throwable> refusal = refused(IncompatibleShows.class);

        refusal.hasMessageContaining("'shows'")
                .hasMessageContaining("'year' is int in the table and boolean in the record")
                .asInstanceOf(InstanceOfAssertFactories.type(ShapeException.class))
                .satisfies(shape -> assertThat(shape.column()).isEqualTo("year"));
    }

    @Test
    public void failingMigrationIsRefused_andTheVersionBeforeComesBack() throws Exception {
        AbstractThrowableAssert<?, ? extends Throwable> refusal = refused(FailingShows.class);

        refusal.hasMessageContaining("'shows'")
                .hasMessageContaining("key 1.0.0")
                .hasMessageContaining("years are not true or false");
    }

    /** Tries it in place of the first version, which comes back then. Returns what is said of it. */
    private AbstractThrowableAssert<?, ? extends Throwable> refused(Class<? extends ShowsActivator<?>> activator)
            throws Exception {
        Bundle bundle = bench.start(shows("1.0.0", FirstShows.class));
        List<Tuple> rows = rows().toList();
        Shape shape = bench.table("shows").shape();
        ClassLoaderWatch first = ClassLoaderWatch.of(bundle);

        catchThrowable(() -> bench.update(bundle, shows("2.0.0", activator))); // some frameworks say so here already

        assertThat(bundle.getState()).isEqualTo(Bundle.RESOLVED);
        Throwable refusal = catchThrowable(bundle::start);
        assertThat(refusal).hasCauseInstanceOf(ShapeException.class);
        assertThat(bench.inEscrow("shows")).isTrue();
        assertThat(rows().toList()).isEqualTo(rows);
        assertThat(bench.table("shows").shape()).isSameAs(shape);
        first.assertCollected();

        bench.update(bundle, shows("1.0.1", FirstShows.class));
        bundle.start();

        assertThat(seenBy("1.0.1")).containsExactly(FIRST_ROW, FIRST_ROW.replace("1.0.0", "1.0.1"));
        return assertThat(refusal.getCause());
    }

    @Test
    public void classLoaderOfEachVersionIsCollected() throws Exception {
        Bundle bundle = bench.start(shows("1.0.0", FirstShows.class));
        RecordTable<Seen> view = asOthersSeeThem();
        for (int i = 1; i <= 3; i++) {
            ClassLoaderWatch first = ClassLoaderWatch.of(bundle);
            bench.update(bundle, shows("2.0." + i, SecondShows.class));
            assertThat(view.size()).isEqualTo(view.toList().size());
            first.assertCollected();

            ClassLoaderWatch second = ClassLoaderWatch.of(bundle);
            bench.update(bundle, shows("1.0." + i, FirstShows.class));
            assertThat(view.size()).isEqualTo(view.toList().size());
            second.assertCollected();
        }
        ClassLoaderWatch last = ClassLoaderWatch.of(bundle);

        bench.update(bundle, shows("3.0.0", MigratedShows.class));

        last.assertCollected();
        ClassLoaderWatch migrated = ClassLoaderWatch.of(bundle);
        bundle.uninstall();
        migrated.assertCollected();
        assertThat(rows().size()).isEqualTo(8);
    }

    @Test
    public void rowsFollowAProcess_thatIsSwappedSideBySide() throws Exception {
        Bundle first = bench.start(module("1.0.0", FirstShows.class));
        Pid pid = bench.processes().spawn(ProcessSpec.of("shows"));
        assertThat(read(pid)).containsExactly(FIRST_ROW);
        ClassLoaderWatch watch = ClassLoaderWatch.of(first);

        bench.start(module("2.0.0", SecondShows.class));
        Wait.until("the new version has the table", () -> read(pid).size() == 2);
        first.uninstall();

        assertThat(read(pid))
                .containsExactly(
                        "Show[rating=5.5, star=Lead, title=1.0.0, year=2001]",
                        "Show[rating=9.5, star=Star, title=2.0.0, year=2002]");
        watch.assertCollected();
    }

    @Test
    public void processStaysWithItsVersion_ifTheNextOneIsRefused() throws Exception {
        bench.start(module("1.0.0", FirstShows.class));
        Pid pid = bench.processes().spawn(ProcessSpec.of("shows"));
        assertThat(read(pid)).containsExactly(FIRST_ROW);
        Shape shape = bench.table("shows").shape();

        Bundle next = bench.start(module("2.0.0", IncompatibleShows.class));
        Wait.until("it has been tried", () -> bench.tables().open("seen").member("2.0.0"));

        assertThat(read(pid)).containsExactly(FIRST_ROW);
        ClassLoaderWatch watch = ClassLoaderWatch.of(next);
        next.uninstall();
        watch.assertCollected();
        assertThat(bench.table("shows").shape()).isSameAs(shape);
        assertThat(read(pid)).containsExactly(FIRST_ROW);
    }

    @SuppressWarnings("unchecked")
    private List<String> read(Pid pid) {
        return (List<String>) bench.processes().call(pid, "read", Wait.LIMIT);
    }
}
