// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bequest.itests.container.kit.Bench;
import org.bequest.itests.container.kit.ContainerTest;
import org.bequest.itests.container.kit.Log;
import org.bequest.itests.container.plugin.DeclaringActivator;
import org.bequest.process.ExitReason;
import org.bequest.supervisor.ChildInfo;
import org.bequest.supervisor.Supervisor;
import org.bequest.term.Pid;
import org.bequest.testkit.ClassLoaderWatch;
import org.bequest.testkit.PluginJar;
import org.bequest.testkit.Wait;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Children that bundles declare by services. */
public class DeclarationsIT extends ContainerTest {
    private static final String SUPERVISORS = "org.bequest.supervisors";

    /** @param children each {@code id:module:argument} */
    private static PluginJar declaring(String name, String... children) {
        return PluginJar.named(name)
                .imports("org.bequest.supervisor")
                .activator(DeclaringActivator.class)
                .header("Children", String.join(",", children));
    }

    private Optional<ChildInfo> child(String id) {
        return bench.root().children().stream()
                .filter(child -> id.equals(child.id()))
                .findFirst();
    }

    private Optional<Pid> running(String id) {
        return child(id)
                .filter(child -> child.state() == ChildInfo.State.RUNNING)
                .map(ChildInfo::pid);
    }

    private Pid waitFor(String id) {
        Wait.until("child " + id + " runs", () -> running(id).isPresent());
        return running(id).orElseThrow();
    }

    private void waitForNo(String id) {
        Wait.until("there is no child " + id, () -> child(id).isEmpty());
    }

    private Object journal(Pid pid) {
        return bench.processes().call(pid, "journal", Wait.LIMIT);
    }

    @Test
    public void declaredChildRuns_whenItsModuleIsThere() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));

        bench.start(declaring("declaring", "child:module:argument"));

        assertThat(journal(waitFor("child"))).isEqualTo(List.of("started 1.0.0", "argument"));
    }

    @Test
    public void declaredChildRuns_asSoonAsItsModuleComes() throws Exception {
        bench.start(declaring("declaring", "child:module:argument", "other:other:argument"));
        Wait.until("it waits", () -> child("child")
                .filter(child -> child.state() == ChildInfo.State.STARTING)
                .isPresent());

        bench.start(Bench.puppets("other", "1.0.0"));
        waitFor("other"); // does not wait for the other one
        bench.start(Bench.puppets("module", "1.0.0"));

        waitFor("child");
    }

    @Test
    public void declaredChildRuns_whenTheSupervisorsBundleComesLast() throws Exception {
        Bundle supervisors = bench.shipped(SUPERVISORS);
        supervisors.stop();
        bench.start(declaring("declaring", "child:module:argument"));
        bench.start(Bench.puppets("module", "1.0.0"));

        supervisors.start();

        waitFor("child");
    }

    @Test
    public void updateInPlace_changesOnlyWhatIsDeclaredOtherwise() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        Bundle declaring = bench.start(declaring("declaring", "same:module:1", "changed:module:1"));
        Pid same = waitFor("same");
        Pid changed = waitFor("changed");

        bench.update(declaring, declaring("declaring", "same:module:1", "changed:module:2", "new:module:1"));

        waitFor("new");
        Wait.until(
                "the changed one is another",
                () -> running("changed").filter(pid -> !pid.equals(changed)).isPresent());
        assertThat(journal(waitFor("changed"))).isEqualTo(List.of("started 1.0.0", "2"));
        assertThat(running("same")).contains(same);
    }

    @Test
    public void childStays_whileItsDeclarationIsAway_andGoesWhenTheBundleIsUninstalled() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        Bundle declaring = bench.start(declaring("declaring", "child:module:argument"));
        Pid child = waitFor("child");

        declaring.stop();
        bench.root().children(); // what was cast to it has been handled
        assertThat(running("child")).contains(child);
        declaring.start();
        bench.root().children();
        assertThat(running("child")).contains(child);
        declaring.stop();
        declaring.uninstall();

        waitForNo("child");
        assertThat(bench.processes().isAlive(child)).isFalse();
    }

    @Test
    public void childGoes_whenItIsNotDeclaredAgainInTime() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        Bundle declaring =
                bench.start(declaring("declaring", "child:module:argument").header("Absence-Limit", "50"));
        waitFor("child");

        declaring.stop();

        waitForNo("child");
    }

    @Test
    public void childStays_whenTheSupervisorsBundleIsUpdated_andIsFollowedAfterwards() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        Bundle declaring = bench.start(declaring("declaring", "child:module:argument"));
        Pid child = waitFor("child");

        bench.shipped(SUPERVISORS).update();

        assertThat(running("child")).contains(child);
        declaring.uninstall();
        waitForNo("child");
    }

    @Test
    public void childGoes_whenItsBundleWasUninstalledWhileTheSupervisorsWereAway() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        Bundle declaring =
                bench.start(declaring("declaring", "child:module:argument").header("Absence-Limit", "50"));
        bench.start(declaring("staying", "other:module:argument").header("Absence-Limit", "50"));
        waitFor("child");
        Pid other = waitFor("other");

        bench.shipped(SUPERVISORS).stop();
        declaring.uninstall();
        bench.shipped(SUPERVISORS).start();

        waitForNo("child");
        assertThat(running("other")).contains(other);
    }

    @Test
    public void everythingIsSaidAgain_whenTheRootIsKilled() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        bench.start(declaring("declaring", "child:module:argument"));
        Pid child = waitFor("child");
        Pid root = bench.root().pid();

        bench.processes().exit(root, ExitReason.KILLED);
        bench.start(declaring("another", "late:module:argument")); // may be said to nobody

        Wait.until("there is another root", () -> bench.processes()
                .whereis(Supervisor.ROOT)
                .filter(now -> !now.equals(root))
                .isPresent());
        waitFor("late");
        assertThat(running("child")).contains(child);
    }

    @Test
    public void everythingIsSaidAgain_whenTheRootHasEndedInOrder() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        bench.start(declaring("declaring", "child:module:argument"));
        Pid child = waitFor("child");
        Pid root = bench.root().pid();

        bench.processes().exit(root, ExitReason.SHUTDOWN);

        Wait.until("there is another root", () -> bench.processes()
                .whereis(Supervisor.ROOT)
                .filter(now -> !now.equals(root))
                .isPresent());
        assertThat(waitFor("child")).isNotEqualTo(child);
        bench.manager(); // is declared, too
    }

    @Test
    public void firstOfTwoDeclarationsCounts_andTheOtherWhenItHasGone() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        Bundle first = bench.start(declaring("first", "child:module:1"));
        Pid child = waitFor("child");
        try (Log log = Log.open()) {
            bench.start(declaring("second", "child:module:2"));

            assertThat(log.text()).contains("'child'").contains("first").contains("second");
        }
        assertThat(running("child")).contains(child);
        assertThat(journal(child)).isEqualTo(List.of("started 1.0.0", "1"));

        first.uninstall();

        Wait.until(
                "the second counts",
                () -> running("child").filter(pid -> !pid.equals(child)).isPresent());
        assertThat(journal(waitFor("child"))).isEqualTo(List.of("started 1.0.0", "2"));
    }

    @Test
    public void declarationThatThrowsIsReported_andOthersCount() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        try (Log log = Log.open()) {
            bench.start(declaring("declaring", "bad:module:fails", "good:module:1"));

            waitFor("good");
            assertThat(log.text()).contains("it does not want to say").contains("declaring");
        }
        assertThat(child("bad")).isEmpty();
    }

    @Test
    public void classLoaderOfWhoDeclaresIsGarbage_whenItsBundleIsUninstalled() throws Exception {
        bench.start(Bench.puppets("module", "1.0.0"));
        Bundle declaring = bench.start(declaring("declaring", "child:module:argument"));
        waitFor("child");
        ClassLoaderWatch watch = ClassLoaderWatch.of(declaring);

        declaring.uninstall();
        bench.refresh(declaring);

        waitForNo("child");
        watch.assertCollected();
    }
}
