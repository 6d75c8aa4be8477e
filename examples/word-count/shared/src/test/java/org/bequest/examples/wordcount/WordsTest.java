// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void areRunsOfLettersOrDigitsInLowerCase() {
        assertEquals(List.of("it", "s", "2", "fast", "4u", "été"), Words.of("It's 2 fast_4U -- Été!"));
    }

    @Test
    void mayHaveLettersBeyondTheBasicPlane() {
        String deseret = new String(Character.toChars(0x10400));
        String small = new String(Character.toChars(0x10428));
        assertEquals(List.of("a" + small, "b"), Words.of("a" + deseret + "😀b"));
    }

    @Test
    void mayBeNone() {
        assertEquals(List.of(), Words.of(""));
        assertEquals(List.of(), Words.of(" -- \t!"));
    }
}
