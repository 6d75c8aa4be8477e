// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;

/** Starts everything and a shell; ends when the shell does. */
@Command(
        name = "shell",
        header = "Start the interactive shell (the default).",
        description = {
            "",
            "A Gogo shell in a running container. 'help' lists its commands, 'help bequest:table' explains one, 'exit' ends"
                    + " it. Commands may also come through a pipe, one a line; the exit code is 1 if one of them fails.",
            ""
        },
        footer = {
            "",
            "A first tour (and the same again with 'kill word-count' in between):",
            "  start $wordcount1                  the example, version 1; 'modules' tells the number of its bundle",
            "  spawn word-count                   a process of it; see 'processes'",
            "  call word-count line book 1 1 \"It was the best of times, it was the worst of times\"",
            "  table word-counts                  its counts, and how far it has come",
            "  update 16 $wordcount2              version 2 takes over (if 16 is the number)",
            "  call word-count line book 1 2 \"it was the age of wisdom, it was the age of foolishness\"",
            "  call word-count stats              version 2 also knows the longest word"
        })
final class ShellCommand implements Callable<Integer> {
    private static final boolean INTERACTIVE = Boolean.getBoolean("bequest.interactive");

    /** Held, as a logger that nobody holds forgets its level. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    @Override
    public Integer call() throws Exception {
        if (!INTERACTIVE) {
            JLINE.setLevel(Level.OFF); // it would warn that there is no terminal
        }
        Map<String, String> properties = Map.of(
                "gosh.home", Build.home().resolve("shell").toString(),
                "gosh.args", INTERACTIVE ? "" : "--nointeractive --noshutdown",
                "bequest.wordcount1", Build.example("v1").toUri().toString(),
                "bequest.wordcount2", Build.example("v2").toUri().toString());
        try (Container container = new Container(Scratch.create(), properties)) {
            if (INTERACTIVE) {
                System.out.println("Bequest " + Build.version()
                        + ". 'help' lists the commands, 'exit' ends it; './bequest help shell' has a first tour.");
            }
            container.start(Container.bundles("shell"));
            if (!INTERACTIVE) {
                return run(container);
            }
            container.awaitStop();
            return 0;
        }
    }

    @SuppressWarnings("unchecked")
    private static int run(Container container) throws Exception {
        ToIntFunction<Iterator<String>> script = container.service(ToIntFunction.class, "(bequest.command=script)");
        return script.applyAsInt(
                new BufferedReader(new InputStreamReader(System.in)).lines().iterator());
    }
}
