// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is logged while it is open: the simple logger writes to the error stream, which this stands in for. */
public final class Log implements AutoCloseable {
    private final PrintStream real = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private Log() {}

    public static Log open() {
        Log log = new Log();
        System.setErr(new PrintStream(log.written, true, StandardCharsets.UTF_8));
        return log;
    }

    public String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setErr(real);
        real.print(text());
    }
}
