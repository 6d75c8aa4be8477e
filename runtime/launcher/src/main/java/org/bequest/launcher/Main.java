// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line. Exit codes: 0 all is well, 1 something went wrong, 2 it was not understood. */
@Command(
        name = "bequest",
        subcommands = {
            ShellCommand.class,
            ExampleCommand.class,
            DemoCommand.class,
            ConformanceCommand.class,
            HelpCommand.class
        },
        versionProvider = Main.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "[COMMAND]",
        header = {
            "Bequest: tables and workers that outlive the OSGi bundles that use them.",
            "Update, swap or kill a plugin while it works: its rows, mailbox and callers stay.",
            ""
        },
        descriptionHeading = "%n",
        description = "Without a command it starts the shell.",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./bequest                          look around in a shell: 'help', 'exit'",
            "  ./bequest example                  which examples there are",
            "  ./bequest example gift             try one of them, or see it with '--replay'",
            "  ./bequest demo                     count words while the counting code is replaced",
            "  ./bequest demo --updates 200 --crashes 50 --json",
            "  ./bequest demo --seconds 60 README.md ~/texts",
            "  ./bequest conformance ets          do to tables what was once done to Erlang's, and compare",
            "  ./bequest conformance supervisor   the same with supervisors",
            "  ./bequest bench --quick            how fast it is, beside Pekko and Erlang; 'bench --help'",
            "  echo 'bequest:modules' | ./bequest shell",
            "",
            "Where to go on:",
            "  ./bequest help demo       what the demo does, its options and results",
            "  README.md                 the smallest plugin, then the smallest worker",
            "  examples                  more, each with a README and a session",
            "  examples/word-count       the worker of the demo, in two versions",
            "",
            "JAVA_OPTS is passed on to Java: JAVA_OPTS=-Dorg.slf4j.simpleLogger.defaultLogLevel=debug tells more."
        })
final class Main implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::misunderstood)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    @Override
    public Integer call() throws Exception {
        return new ShellCommand().call();
    }

    private static int misunderstood(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandName();
        PrintWriter err = e.getCommandLine().getErr();
        err.println("bequest: " + e.getMessage());
        err.println("Try './bequest help" + (command.equals("bequest") ? "" : " " + command) + "'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command) {
        command.getErr().println("bequest: " + e.getMessage());
        if (!(e instanceof ContainerException)) {
            e.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Bequest " + Build.version() + " (Java " + System.getProperty("java.version") + ")"};
        }
    }
}
