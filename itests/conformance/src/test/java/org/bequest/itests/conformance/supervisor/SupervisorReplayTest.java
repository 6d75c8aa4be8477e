// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bequest.itests.conformance.Disagreement;
import org.bequest.itests.conformance.Recording;
import org.bequest.itests.conformance.Replay;
import org.bequest.itests.conformance.Result;
import org.bequest.itests.conformance.engine.EmbeddedContainer;
import org.bequest.process.ProcessInfo;
import org.bequest.process.Processes;
import org.bequest.supervisor.Supervisor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The supervisors themselves; and the replay: that it finds what differs, and takes nothing for agreement that is none. */
class SupervisorReplayTest {
    private static final String GOOD = """
            {"id":"p",
             "flags":{"strategy":"one_for_one","intensity":2,"period":60,"auto_shutdown":"never"},
             "children":[
              {"id":"a","restart":"permanent","type":"worker","significant":false,"starts":["ok","fail"]},
              {"id":"b","restart":"transient","type":"supervisor","significant":false,"starts":[]}],
             "start":{"result":"ok","events":[["started","a"],["started","b"]],
              "which_children":[["b","running","supervisor"],["a","running","worker"]],
              "count_children":{"specs":2,"active":2,"supervisors":1,"workers":1}},
             "steps":[
              {"do":{"exit":"a","reason":"crash","while_restarting":{"call":"restart_child","id":"a"}},
               "result":{"error":"restarting"},
               "events":[["terminated","a","crash"],["start_failed","a"],["started","a"]],
               "which_children":[["b","running","supervisor"],["a","running","worker"]],
               "count_children":{"specs":2,"active":2,"supervisors":1,"workers":1}},
              {"do":{"exit":"b","reason":"shutdown:bye"},
               "events":[["terminated","b","shutdown:bye"]],
               "which_children":[["b","undefined","supervisor"],["a","running","worker"]],
               "count_children":{"specs":2,"active":1,"supervisors":1,"workers":1}},
              {"do":{"call":"restart_child","id":"b"},
               "result":{"ok":"b"},
               "events":[["started","b"]],
               "which_children":[["b","running","supervisor"],["a","running","worker"]],
               "count_children":{"specs":2,"active":2,"supervisors":1,"workers":1}},
              {"do":{"call":"delete_child","id":"b"},
               "result":{"error":"running"},
               "events":[],
               "which_children":[["b","running","supervisor"],["a","running","worker"]],
               "count_children":{"specs":2,"active":2,"supervisors":1,"workers":1}},
              {"do":{"stop":"shutdown"},
               "events":[["terminated","b","shutdown"],["terminated","a","shutdown"]],
               "terminated":"shutdown"}]}
            """.replace("\n", "");

    private static EmbeddedContainer container;
    private static Bundle bundle;
    private static Processes processes;

    @BeforeAll
    static void startContainer() throws Exception {
        container = EmbeddedContainer.start("org.bequest.tables.heap", "org.bequest.supervisors");
        bundle = container.newBundle("replay");
        processes = container.serviceOf(bundle, Processes.class);
        container.serviceOf(bundle, Supervisor.class); // the one at the top
    }

    @AfterAll
    static void stopContainer() throws Exception {
        container.close();
    }

    @Test
    void supervisorsDoAsThoseOfErlangDid() throws Exception {
        List<String> before = left();
        try (InputStream recording = Recording.open(Map.of(), "supervisor.jsonl")) {
            assertThat(replay(recording)).isEqualTo(new Result(300, 1895, 0, List.of()));
        }
        assertThat(left()).isEqualTo(before);
    }

    private static List<String> left() throws InterruptedException {
        Stream<String> tables = container.tablesOf(bundle).list().stream().map(table -> table.name());
        return Stream.concat(tables, processes.list().stream().map(ProcessInfo::module))
                .toList();
    }

    @Test
    void whateverIsRecordedOtherwiseIsFound() throws IOException {
        List<String> wrong = List.of(
                good("[\"started\",\"a\"],[\"started\",\"b\"]", "[\"started\",\"b\"],[\"started\",\"a\"]"),
                good("\"result\":\"ok\"", "\"result\":{\"error\":\"failed_to_start_child\",\"child\":\"a\"}"),
                good("\"active\":2", "\"active\":3"),
                good("[[\"b\",\"running\",\"supervisor\"],[\"a\",\"running\",\"worker\"]]", "[]"),
                good(",[\"started\",\"a\"]]", "]"),
                good(",[\"started\",\"a\"]]", ",[\"started\",\"a\"],[\"started\",\"a\"]]"),
                good("\"starts\":[\"ok\",\"fail\"]", "\"starts\":[]"),
                good("\"intensity\":2", "\"intensity\":1"),
                good("\"restarting\"", "\"running\""),
                good("shutdown:bye\"}", "shutdown:so long\"}"),
                good("shutdown:bye\"}", "crash\"}"),
                good("undefined", "running"),
                good("[\"b\",\"undefined\",\"supervisor\"],", ""),
                good("{\"ok\":\"b\"}", "{\"ok\":\"a\"}"),
                good("{\"ok\":\"b\"}", "{\"ok\":null}"),
                good("\"result\":{\"error\":\"running\"},", ""),
                good("\"terminated\":\"shutdown\"", "\"terminated\":\"normal\""),
                good("[\"terminated\",\"b\",\"shutdown\"],", ""),
                good("\"restart\":\"transient\"", "\"restart\":\"temporary\""),
                good("\"strategy\":\"one_for_one\"", "\"strategy\":\"one_for_all\""));
        Result result = replay(wrong);
        assertThat(result.disagreements())
                .extracting(Disagreement::line)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, wrong.size()).boxed().toList());
        assertThat(result.agreed() + result.disagreed()).isEqualTo(5L * wrong.size());
    }

    @Test
    void fromTheFirstDifferenceTheProgramCountsAsDisagreed_andIsToldInFull() throws IOException {
        Result result = replay(List.of(good("[\"terminated\",\"b\",\"shutdown:bye\"]", ""), GOOD));
        assertThat(result.agreed()).isEqualTo(1 + 5);
        assertThat(result.disagreed()).isEqualTo(4);
        String state = "\"which_children\":[[\"b\",\"undefined\",\"supervisor\"],[\"a\",\"running\",\"worker\"]],"
                + "\"count_children\":{\"specs\":2,\"active\":1,\"supervisors\":1,\"workers\":1}}";
        assertThat(result.disagreements())
                .containsExactly(new Disagreement(
                        1,
                        "p",
                        "2 of 5: {\"exit\":\"b\",\"reason\":\"shutdown:bye\"}",
                        "{\"events\":[]," + state,
                        "{\"events\":[[\"terminated\",\"b\",\"shutdown:bye\"]]," + state));
    }

    @Test
    void startThatDiffersFailsAll() throws IOException {
        Result result = replay(List.of(good("\"result\":\"ok\"", "\"result\":\"ko\"")));
        assertThat(result.agreed()).isZero();
        assertThat(result.disagreed()).isEqualTo(5);
        assertThat(result.disagreements()).extracting(Disagreement::operation).containsExactly("start");
    }

    @Test
    void whatCannotBeReadDisagrees() throws IOException {
        List<String> unreadable = List.of(
                good("\"strategy\":\"one_for_one\"", "\"strategy\":\"one_for_two\""),
                good("\"restart\":\"transient\",", ""),
                good("\"period\":60", "\"period\":0"),
                good("[\"ok\",\"fail\"]", "[\"ok\",\"maybe\"]"),
                good("\"exit\":\"a\",\"reason\":\"crash\"", "\"exit\":\"a\",\"reason\":\"boredom\""),
                good("\"exit\":\"b\"", "\"exit\":\"z\""),
                good("\"call\":\"restart_child\",\"id\":\"b\"", "\"call\":\"adopt_child\",\"id\":\"b\""),
                good("{\"stop\":\"shutdown\"}", "{\"wait\":1}"),
                "[]");
        Result result = replay(unreadable);
        assertThat(result.disagreements())
                .hasSize(unreadable.size())
                .allSatisfy(disagreement -> assertThat(disagreement.got()).isEqualTo("nothing was run"));
    }

    private static String good(String recorded, String wrong) {
        assertThat(GOOD).contains(recorded);
        return GOOD.replaceFirst(Pattern.quote(recorded), Matcher.quoteReplacement(wrong));
    }

    private static Result replay(List<String> lines) throws IOException {
        return replay(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    }

    private static Result replay(InputStream recording) throws IOException {
        try (Supervisors suite = new Supervisors(bundle.getBundleContext(), processes)) {
            return Replay.of(recording, suite);
        }
    }
}
