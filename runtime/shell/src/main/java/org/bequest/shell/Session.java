// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Objects;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;

/** A session of Gogo at which nobody sits: no prompt, no greeting, and it is known whether a command failed. */
final class Session implements AutoCloseable {
    private final CommandSession session;
    private final PrintStream out;
    private final PrintStream err;

    /** @param err for the messages of commands that fail */
    Session(CommandProcessor processor, BundleContext context, PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        session = processor.createSession(InputStream.nullInputStream(), out, err);
        session.put(".context", context);
    }

    /** @param scopes whose command a name means if it has no scope before it, the first first */
    void scopes(String... scopes) {
        session.put("SCOPE", String.join(":", scopes));
    }

    /** Runs commands that set the session up, and print nothing. */
    void prepare(String commands) throws Exception {
        session.execute(commands);
    }

    /** Returns whether all went well; if not, the message is printed. */
    boolean execute(String commands) {
        try {
            Object result = session.execute(commands);
            if (result != null) {
                out.println(session.format(result, Converter.INSPECT));
            }
            return true;
        } catch (Exception e) {
            err.println("Error: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return false;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
