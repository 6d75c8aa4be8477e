// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PauseTest {
    @Test
    void isTheLongestCallThatOverlapsTheUpdate() {
        Pause pause = new Pause(10_000_000);
        pause.saw(0, 9_000_000); // before
        pause.saw(8_000_000, 11_000_000);
        pause.end(20_000_000);
        pause.saw(19_500_000, 21_000_000);
        pause.saw(20_500_000, 90_000_000); // after
        assertEquals(3.0, pause.millis());
    }

    @Test
    void isSummedUpByNearestRank() {
        List<Double> millis =
                DoubleStream.iterate(100, d -> d - 1).limit(100).boxed().toList();
        assertEquals(Map.of("p50", 50.0, "p99", 99.0, "max", 100.0), Pause.summary(millis));
        assertEquals(Map.of("p50", 1.0, "p99", 2.0, "max", 2.0), Pause.summary(List.of(2.0, 1.0)));
        assertEquals(Map.of("p50", 0.0, "p99", 0.0, "max", 0.0), Pause.summary(List.of()));
    }
}
