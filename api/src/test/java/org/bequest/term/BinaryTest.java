// SPDX-License-Identifier: Apache-2.0
package org.bequest.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BinaryTest {

    @Test
    void binaryHoldsItsBytes() {
        Binary binary = Binary.copyOf(new byte[] {1, -2});
        assertThat(binary.size()).isEqualTo(2);
        assertThat(binary.byteAt(1)).isEqualTo((byte) -2);
        assertThat(binary.toByteArray()).containsExactly(1, -2);
        assertThatThrownBy(() -> binary.byteAt(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("A binary of 2 bytes has no byte 2");
    }

    @Test
    void arraysGivenAndReturnedDoNotReachIt() {
        byte[] given = {1};
        Binary binary = Binary.copyOf(given);
        given[0] = 9;
        binary.toByteArray()[0] = 9;
        assertThat(binary.byteAt(0)).isEqualTo((byte) 1);
    }

    @Test
    void binariesOfTheSameBytesAreEqual() {
        Binary binary = Binary.copyOf(new byte[] {1, 2});
        assertThat(binary)
                .isEqualTo(Binary.copyOf(new byte[] {1, 2}))
                .hasSameHashCodeAs(Binary.copyOf(new byte[] {1, 2}))
                .isNotEqualTo(Binary.copyOf(new byte[] {2, 1}));
    }

    @Test
    void textIsShort() {
        assertThat(Binary.copyOf(new byte[] {0, 15, -1})).hasToString("<<000fff>>");
        assertThat(Binary.copyOf(new byte[17])).hasToString("<<" + "00".repeat(16) + "… 17 bytes>>");
    }
}
