// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bequest.itests.conformance.MalformedException;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorException;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** The functions of OTP's {@code supervisor} by their names there, with answers as recordings write them. */
final class Calls {
    static final String OK = "ok";
    static final String ERROR = "error";
    static final String CHILD = "child";

    private final Supervisor supervisor;
    private final Specifications specifications;
    private final Happenings happenings;

    Calls(Supervisor supervisor, Specifications specifications, Happenings happenings) {
        this.supervisor = supervisor;
        this.specifications = specifications;
        this.happenings = happenings;
    }

    /** Reads a call, to be made later. */
    Supplier<Object> read(Fields call) {
        String function = call.text("call");
        if (call.has(CHILD)) {
            return ofSimpleOneForOne(function, call);
        }
        if (function.equals("start_child")) {
            ChildSpec child = specifications.child(call.object("spec"));
            return starting(() -> supervisor.start(child));
        }
        String id = call.text("id");
        return switch (function) {
            case "restart_child" -> starting(() -> supervisor.restart(id));
            case "terminate_child" -> doing(() -> supervisor.terminate(id));
            case "delete_child" -> doing(() -> supervisor.delete(id));
            default -> throw unknown(function);
        };
    }

    private Supplier<Object> ofSimpleOneForOne(String function, Fields call) {
        String child = call.text(CHILD);
        switch (function) {
            case "start_child" -> {
                long script = specifications.script(child, call.list("starts"));
                return starting(() -> supervisor.startWith(script));
            }
            case "terminate_child" -> {
                Pid pid = happenings.pid(child);
                return doing(() -> supervisor.terminate(pid));
            }
            default -> throw unknown(function);
        }
    }

    private static MalformedException unknown(String function) {
        return new MalformedException("No function of supervisors that is known here: " + function);
    }

    private Supplier<Object> starting(Supplier<Optional<Pid>> call) {
        return answering(() ->
                Collections.singletonMap(OK, call.get().map(happenings::child).orElse(null)));
    }

    private Supplier<Object> doing(Runnable call) {
        return answering(() -> {
            call.run();
            return OK;
        });
    }

    private Supplier<Object> answering(Supplier<Object> call) {
        return () -> {
            try {
                return call.get();
            } catch (SupervisorException e) {
                return refusal(e);
            } catch (RuntimeException e) {
                return Map.of(ERROR, e.toString());
            }
        };
    }

    private Object refusal(SupervisorException e) {
        return switch (e.problem()) {
            case START_FAILED -> Map.of(ERROR, "init_failed");
            case BAD_SPEC -> Map.of(ERROR, "bad_combination");
            case ALREADY_STARTED -> Map.of(ERROR, "already_started", CHILD, String.valueOf(child(e.pid())));
            default -> Map.of(ERROR, Fields.name(e.problem()));
        };
    }

    private @Nullable String child(@Nullable Pid pid) {
        return pid == null ? null : happenings.child(pid);
    }
}
