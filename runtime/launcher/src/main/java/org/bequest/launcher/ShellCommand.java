// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.util.concurrent.Callable;
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
    @Override
    public Integer call() throws Exception {
        try (Shell shell = new Shell()) {
            return shell.run("Bequest " + Build.version()
                    + ". 'help' lists the commands, 'exit' ends it; './bequest help shell' has a first tour.");
        }
    }
}
