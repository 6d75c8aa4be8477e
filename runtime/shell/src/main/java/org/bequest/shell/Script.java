// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.ToIntFunction;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs commands, one a line, that are not typed at a terminal: no prompt, no greeting, and it matters whether they fail. For
 * the launcher, hence with types of the JDK only. Takes the lines; returns 0, or 1 if a command failed (the others run).
 */
@Component(service = ToIntFunction.class, property = "bequest.command=script")
public final class Script implements ToIntFunction<Iterator<String>> {
    private final BundleContext context;
    private final CommandProcessor processor;
    // Not System.out and System.err: Gogo has put streams in their place that write to the session, which would write
    // to them.
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    private final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true);

    @Activate
    public Script(BundleContext context, @Reference CommandProcessor processor) {
        this.context = context;
        this.processor = processor;
    }

    @Override
    public int applyAsInt(Iterator<String> lines) {
        int status = 0;
        try (Session session = new Session(processor, context, out, err)) {
            session.prepare(profile());
            while (lines.hasNext()) {
                String line = lines.next().strip();
                if (line.equals("exit")) {
                    break;
                }
                if (!line.isEmpty() && !session.execute(line)) {
                    status = 1;
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("The shell's profile fails: " + e, e);
        }
        return status;
    }

    /** What the interactive shell starts with, too. */
    private String profile() {
        try {
            return Files.readString(Path.of(context.getProperty("gosh.home"), "etc", "gosh_profile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
