// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.bequest.process.ExitReason;
import org.bequest.process.ModuleInfo;
import org.bequest.process.ProcessInfo;
import org.bequest.process.ProcessSpec;
import org.bequest.process.Processes;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What there is to see of processes, and enough to try them out. Public for Gogo, which finds commands by reflection. */
@Component(
        service = ProcessCommands.class,
        property = {
            "osgi.command.scope=bequest",
            "osgi.command.function=processes",
            "osgi.command.function=modules",
            "osgi.command.function=spawn",
            "osgi.command.function=call",
            "osgi.command.function=kill"
        })
public final class ProcessCommands {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Processes processes;

    @Activate
    public ProcessCommands(@Reference Processes processes) {
        this.processes = processes;
    }

    @Descriptor("lists all processes")
    public String processes() {
        Columns columns = new Columns("PID", "NAMES", "MODULE", "VERSION", "STATUS", "QUEUED", "FENCED");
        for (ProcessInfo process : processes.list()) {
            columns.row(
                    process.pid(),
                    process.names().isEmpty() ? "-" : String.join(", ", process.names()),
                    process.module(),
                    process.version() == null ? "-" : process.version(),
                    process.status().name().toLowerCase(Locale.ROOT),
                    process.queued(),
                    process.fenced());
        }
        return columns.orIfEmpty("There are no processes.");
    }

    @Descriptor("lists the worker modules, and the bundles that offer them, the one in use first")
    public String modules() {
        Columns columns = new Columns("NAME", "PROCESSES", "OFFERED BY");
        for (ModuleInfo module : processes.modules()) {
            String providers = module.providers().stream()
                    .map(bundle -> bundle.symbolicName() + " " + bundle.version() + " [" + bundle.bundleId() + "]")
                    .collect(Collectors.joining(", "));
            columns.row(module.name(), module.processes(), providers.isEmpty() ? "nobody just now" : providers);
        }
        return columns.orIfEmpty("There are no modules.");
    }

    @Descriptor("starts a process, registered under the name of its module")
    public String spawn(@Descriptor("the module's name") String module) {
        return spawn(module, module);
    }

    @Descriptor("starts a process, registered under a name")
    public String spawn(@Descriptor("the module's name") String module, @Descriptor("the process's name") String name) {
        return "Process " + processes.spawn(ProcessSpec.of(module).name(name)) + " is '" + name + "'.";
    }

    @Descriptor("calls a process and shows its reply")
    public String call(
            @Descriptor("the process's name") String name,
            @Descriptor("a string, or several elements of a tuple; what looks like an integer is one")
                    String... request) {
        Object[] terms = Stream.of(request).map(ProcessCommands::term).toArray();
        return String.valueOf(processes.call(name, terms.length == 1 ? terms[0] : Tuple.of(terms), TIMEOUT));
    }

    private static Object term(String text) {
        return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    @Descriptor("kills a process, as if it had crashed")
    public String kill(@Descriptor("the process's name") String name) {
        Pid pid = processes
                .whereis(name)
                .orElseThrow(() -> new IllegalArgumentException("No process is registered as '" + name + "'"));
        processes.exit(pid, ExitReason.KILLED);
        return "Process " + pid + " is no more.";
    }
}
