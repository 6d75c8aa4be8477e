// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one at a time. Divided as bytes, so that one which is no UTF-8 does not spoil those after it. */
final class Lines {
    private final InputStream in;
    private int number;

    /** @param in buffered */
    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line, or null at the end. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return null;
        }
        number++;
        while (read >= 0 && read != '\n') {
            line.write(read);
            read = in.read();
        }
        return line.toByteArray();
    }

    /** Of the line that was last given, from 1. */
    int number() {
        return number;
    }

    /** @throws MalformedException if it is no UTF-8 */
    static String text(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("It is not in UTF-8");
        }
    }
}
