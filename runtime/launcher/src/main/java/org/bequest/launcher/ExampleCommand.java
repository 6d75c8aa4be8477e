// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a shell with the bundles of one example, or runs the session that its README shows. */
@Command(
        name = "example",
        sortOptions = false,
        header = "Start the shell with one of the examples, or show what it does.",
        description = {
            "",
            "Each example does what a text about Erlang or Elixir does, with tables and workers of Bequest. Its commands are"
                    + " there in the shell; its README, examples/NAME/README.md, says what they are for and shows a session."
                    + " Without a name, lists the examples.",
            ""
        },
        footer = {
            "",
            "Commands may also come through a pipe, one a line; the exit code is 1 if one of them fails.",
            "With --replay, every answer is compared with the one in the README. Exit code 0: all are as shown, but for pids,"
                    + " numbers of bundles and times. 1: something differs. 2: there is no such example.",
            "",
            "Examples:",
            "  ./bequest example                    which there are",
            "  ./bequest example tv-shows           try one",
            "  ./bequest example tv-shows --replay  see what it does"
        })
final class ExampleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which example.")
    private @Nullable String name;

    @Option(names = "--replay", description = "Run the session of its README, and compare every answer.")
    private boolean replay;

    @Override
    public Integer call() throws Exception {
        if (name == null && replay) {
            throw new ParameterException(spec.commandLine(), "--replay needs the NAME of an example");
        }
        List<Example> examples = Example.in(Build.home().resolve("examples"));
        if (name == null) {
            spec.commandLine().getOut().println(list(examples));
            return 0;
        }
        Example example = examples.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "There is no example '" + name + "', only\n" + list(examples)));
        try (Shell shell = new Shell(example)) {
            List<String> commands = shell.container().commands(example.name());
            return replay ? replay(shell.container()) : shell.run(greeting(example, commands));
        }
    }

    static String list(List<Example> examples) {
        int width =
                examples.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        return examples.stream()
                .map(each -> "  " + each.name() + " ".repeat(width - each.name().length() + 2) + each.description())
                .collect(Collectors.joining("\n"));
    }

    static String greeting(Example example, List<String> commands) {
        return String.join(
                "\n",
                "Bequest " + Build.version() + ", example " + example.name() + ". " + example.description(),
                "Try " + String.join(", ", commands) + "; 'help " + example.name() + ":" + commands.get(0)
                        + "' explains one. 'exit' ends it.",
                "What they do, in order: ./bequest example " + example.name() + " --replay");
    }

    @SuppressWarnings("unchecked")
    private int replay(Container container) throws Exception {
        BiPredicate<String, Consumer<String>> session =
                container.service(BiPredicate.class, "(bequest.command=replay)");
        PrintWriter out = spec.commandLine().getOut();
        boolean same = session.test(name, line -> {
            out.println(line);
            out.flush();
        });
        return same ? 0 : 1;
    }
}
