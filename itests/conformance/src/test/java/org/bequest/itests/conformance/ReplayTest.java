// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bequest.itests.conformance.engine.EmbeddedContainer;
import org.bequest.table.NoEngineException;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The replay itself: that it finds what differs, and takes nothing for agreement that is none. */
class ReplayTest {
    private static final String INSERT = "{\"op\":\"insert\",\"args\":[{\"t\":[1,2]}],\"expect\":true}";
    private static final String SIZE = "{\"op\":\"size\",\"args\":[],\"expect\":1}";

    private static EmbeddedContainer container;
    private static Tables tables;

    @BeforeAll
    static void startContainer() throws Exception {
        container = EmbeddedContainer.start("org.bequest.tables.heap");
        tables = container.tablesOf(container.newBundle("replay"));
    }

    @AfterAll
    static void stopContainer() throws Exception {
        container.close();
    }

    @Test
    void whatAgreesIsCounted_andNoTableIsLeft() throws IOException {
        Result result = replay(program("set", INSERT, SIZE), "", program("bag", INSERT, SIZE, SIZE));
        assertThat(result).isEqualTo(new Result(2, 5, 0, List.of()));
        assertThat(tables.list()).isEmpty();
    }

    @Test
    void fromTheFirstDifferenceTheProgramCountsAsDisagreed_andTheNextOneGoesOn() throws IOException {
        String wrong = "{\"op\":\"size\",\"args\":[],\"expect\":7}";
        Result result = replay(program("set", INSERT, wrong, SIZE, SIZE), program("set", INSERT));
        assertThat(result.agreed()).isEqualTo(2);
        assertThat(result.disagreed()).isEqualTo(3);
        assertThat(result.disagreements()).containsExactly(new Disagreement(1, "p", "2 of 4: size []", "7", "1"));
        assertThat(tables.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"lookup\",\"args\":[1],\"expect\":[]}",
                "{\"op\":\"lookup\",\"args\":[1],\"expect\":[{\"t\":[1,{\"f\":2.0}]}]}",
                "{\"op\":\"lookup\",\"args\":[1],\"expect\":[{\"t\":[1,2]},{\"t\":[1,2]}],\"unordered\":true}",
                "{\"op\":\"lookup\",\"args\":[1],\"expect\":{\"error\":\"badarg\"}}",
                "{\"op\":\"lookup_element\",\"args\":[1,3],\"expect\":2}",
                "{\"op\":\"first\",\"args\":[],\"expect\":{\"end\":true}}",
                "{\"op\":\"next\",\"args\":[1],\"expect\":1}",
                "{\"op\":\"insert\",\"args\":[5],\"expect\":true}",
                "{\"op\":\"select\",\"args\":[[{\"head\":{\"v\":1},\"guards\":[],\"body\":[{\"g\":[\"hd\",{\"c\":1}]}]}]],"
                        + "\"expect\":{\"error\":\"badarg\"}}"
            })
    void wrongAnswersAreFound(String wrong) throws IOException {
        Result result = replay(program("set", INSERT, wrong));
        assertThat(result.disagreed()).isEqualTo(1);
        assertThat(result.agreed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"lookup\",\"args\":[{\"x\":1}],\"expect\":[]}",
                "{\"op\":\"lookup\",\"args\":[1.5],\"expect\":[]}",
                "{\"op\":\"lookup\",\"args\":[null],\"expect\":{\"error\":\"badarg\"}}",
                "{\"op\":\"lookup\",\"args\":[],\"expect\":{\"error\":\"badarg\"}}",
                "{\"op\":\"lookup\",\"args\":[1]}",
                "{\"op\":\"frobnicate\",\"args\":[],\"expect\":{\"error\":\"badarg\"}}",
                "{\"op\":\"size\",\"args\":[],\"expect\":{\"error\":\"timeout\"}}",
                "{\"op\":\"match\",\"args\":[{\"t\":[{\"w\":1}]}],\"expect\":{\"error\":\"badarg\"}}",
                "{\"op\":\"select_count\",\"args\":[[{\"head\":{\"v\":1},\"guards\":[{\"g\":[\"is_red\",{\"v\":1}]}],"
                        + "\"body\":[{\"c\":true}]}]],\"expect\":{\"error\":\"badarg\"}}"
            })
    void whatCannotBeReadIsNoRefusal(String unreadable) throws IOException {
        Result result = replay(program("set", INSERT, unreadable, SIZE));
        assertThat(result.agreed()).isEqualTo(1);
        assertThat(result.disagreed()).isEqualTo(2);
    }

    @Test
    void linesThatCannotBeReadAreNamed_andTheOthersRun() throws IOException {
        String good = program("set", INSERT);
        Result result = replay(
                good,
                "{\"id\":\"p\"",
                "{\"id\":\"p\",\"id\":\"q\",\"type\":\"set\",\"keypos\":1,\"ops\":[]}",
                "[]",
                program("heap", INSERT),
                good.replace("\"keypos\":1", "\"keypos\":0"),
                good + " and more",
                good);
        assertThat(result.programs()).isEqualTo(8);
        assertThat(result.agreed()).isEqualTo(2);
        assertThat(result.disagreed()).isEqualTo(6);
        assertThat(result.disagreements()).extracting(Disagreement::line).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Test
    void bytesThatAreNoTextSpoilTheirLineOnly() throws IOException {
        byte[] bytes = (program("set", INSERT).replace("\"p\"", "\"\u00e9\"") + "\n" + program("set", INSERT))
                .getBytes(StandardCharsets.ISO_8859_1);
        Result result = Replay.of(new ByteArrayInputStream(bytes), new Ets(tables, TableSpec.HEAP));
        assertThat(result.agreed()).isEqualTo(1);
        assertThat(result.disagreements()).extracting(Disagreement::line).containsExactly(1);
    }

    @Test
    void emptyFileIsNoSuccess() throws IOException {
        Result result = replay("");
        assertThat(result.disagreed()).isEqualTo(1);
        assertThat(result.programs()).isZero();
    }

    @Test
    void engineMustBeThere() {
        byte[] recording = program("set", INSERT).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Replay.of(new ByteArrayInputStream(recording), new Ets(tables, "stone")))
                .isInstanceOf(NoEngineException.class);
    }

    private static String program(String type, String... operations) {
        return "{\"id\":\"p\",\"type\":\"" + type + "\",\"keypos\":1,\"ops\":[" + String.join(",", operations) + "]}";
    }

    private static Result replay(String... lines) throws IOException {
        byte[] recording = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return Replay.of(new ByteArrayInputStream(recording), new Ets(tables, TableSpec.HEAP));
    }
}
