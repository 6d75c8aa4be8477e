// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.BundleException;

/** A container with the shell's commands in it, and the terminal, or what is piped into it in its place. */
final class Shell implements AutoCloseable {
    private static final boolean INTERACTIVE = Boolean.getBoolean("bequest.interactive");
    private static final String SCOPES = "bequest:felix:gogo:*";

    /** Held, as a logger that nobody holds forgets its level. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private final Container container;

    Shell() throws Exception {
        this(SCOPES, List.of());
    }

    /** The shell of an example, whose commands need no scope. */
    Shell(Example example) throws Exception {
        this(example.name() + ":" + SCOPES, example.bundles());
    }

    private Shell(String scopes, List<Path> bundles) throws Exception {
        container = new Container(
                Scratch.create(),
                Map.of(
                        "gosh.home", Build.home().resolve("shell").toString(),
                        "gosh.args", INTERACTIVE ? "" : "--nointeractive --noshutdown",
                        "bequest.scopes", scopes,
                        "bequest.wordcount1", Build.wordCount("v1").toUri().toString(),
                        "bequest.wordcount2", Build.wordCount("v2").toUri().toString()));
        try {
            container.start(Container.bundles("shell"));
            container.start(bundles);
        } catch (Exception e) {
            container.close();
            throw e;
        }
    }

    Container container() {
        return container;
    }

    /**
     * Returns the exit code when the shell has ended.
     *
     * @param greeting only for who sits at a terminal
     */
    int run(String greeting) throws Exception {
        if (INTERACTIVE) {
            System.out.println(greeting);
            container.start(Container.bundles("terminal"));
            container.awaitStop();
            return 0;
        }
        JLINE.setLevel(Level.OFF); // it would warn that there is no terminal
        container.start(Container.bundles("terminal"));
        return script().applyAsInt(new BufferedReader(new InputStreamReader(System.in))
                .lines()
                .iterator());
    }

    @SuppressWarnings("unchecked")
    private ToIntFunction<Iterator<String>> script() throws Exception {
        return container.service(ToIntFunction.class, "(bequest.command=script)");
    }

    @Override
    public void close() throws BundleException {
        container.close();
    }
}
