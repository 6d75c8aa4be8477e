// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bequest.process.WorkerModule;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A supervisor; the functions of OTP's {@code supervisor}. Each is an OSGi service, as long as its process lives, with the
 * property {@link WorkerModule#PROCESS}: its name. It stays while the code behind it is replaced.
 *
 * <p>Threads: any. A call waits until what it asks for is done, the children's {@code onStart} included, but not those
 * that wait for their module. Calls that concern other children do not wait for a slow one, unless the strategy orders
 * them. Failure: {@link SupervisorException}, and those of any call ({@link org.bequest.process.ProcessExitedException} if
 * the supervisor has ended, {@link org.bequest.process.CallTimeoutException}).
 */
@ProviderType
public interface Supervisor {
    /** The worker module of all supervisors. */
    String MODULE = "bequest.supervisor";

    /** Name of the supervisor at the top, which is always there. */
    String ROOT = "bequest.root";

    /** For references: the supervisor at the top. */
    String ROOT_FILTER = "(" + WorkerModule.PROCESS + "=" + ROOT + ")";

    /**
     * Factory PID: each of its configurations is a child; they and those of {@link #SUPERVISOR_FACTORY_PID} may come and
     * change in any order, and only what they change is changed. Deleted, the child is stopped. Properties, all texts:
     * {@code id} and {@code module}, both required; {@code supervisor} (name of one that is configured, too; default the
     * root), {@code order} (a number; among the children of a supervisor the lowest comes first, and of equals that with the
     * first id; default 0), {@code argument}, {@code name}, {@code restart}, {@code shutdown.ms}, {@code significant},
     * {@code absence.limit.ms} and {@code plan}, all as in {@link ChildSpec}. Times are milliseconds, or {@code infinity}.
     *
     * <p>A plan is a word with what it is made with, see {@link RestartPlan}: {@code immediately}, {@code after 3000},
     * {@code backoff 100 10000}, {@code up-to 5 backoff 100 10000 then wait}, {@code wait}, {@code delete}, {@code stop},
     * {@code named my-plan}.
     */
    String CHILD_FACTORY_PID = "org.bequest.supervisor.children";

    /**
     * Factory PID: each of its configurations is a supervisor, with the configured children that name it. Properties:
     * {@code name}, required; {@code supervisor} and {@code order} as for children; {@code strategy}, {@code intensity},
     * {@code period.ms}, {@code auto.shutdown}, {@code plan}, {@code table} ({@link SupervisorSpec#sharing}) and
     * {@code max.failing} ({@link SupervisorSpec#rollout}), as in {@link SupervisorSpec}. Deleted, it is stopped with all
     * children, which wait for a supervisor of that name.
     */
    String SUPERVISOR_FACTORY_PID = "org.bequest.supervisor.supervisors";

    /** What it is and was told to look after, without children that were started since; {@code init/1}'s result. */
    SupervisorSpec spec();

    /** Its process. */
    Pid pid();

    /**
     * Adds a child, last in order, and starts it; {@code start_child/2}. If it fails to start it is not added.
     *
     * @return its pid; empty if it asked to be ignored: then it is added, but for a temporary one
     */
    Optional<Pid> start(ChildSpec child);

    /**
     * Starts one more child of a simple-one-for-one supervisor; {@code start_child/2}.
     *
     * @param argument laid over the specification's as {@link ChildSpec#over} says; null to take that as it is
     */
    Optional<Pid> startWith(@Nullable Object argument);

    /** Starts a child that has no process; {@code restart_child/2}. A failure is not tried again, and does not count. */
    Optional<Pid> restart(String id);

    /** Stops a child's process, and gives a restart up that it waits for; {@code terminate_child/2}. */
    void terminate(String id);

    /** Stops a child. The only way under simple-one-for-one, where it is gone then. */
    void terminate(Pid child);

    /** Forgets a child that has no process; {@code delete_child/2}. */
    void delete(String id);

    /** Stops a child, and forgets it, in one step. */
    void terminateAndDelete(String id);

    /** The children, the last first; {@code which_children/1}. With a shared table, all that are in it. */
    List<ChildInfo> children();

    /** {@code count_children/1}. With a shared table, of all that are in it. */
    ChildCount count();

    /** A child's specification, with what it has from the defaults; {@code get_childspec/2}. */
    ChildSpec spec(String id);

    /** The same, by its process. */
    ChildSpec spec(Pid child);

    /** The process that a child has; empty if none. Without a call: {@link ChildrenTable}. */
    Optional<Pid> pid(String id);

    /** The running children that have an id, with their processes. */
    Map<String, Pid> pids();

    /** A running child, each as likely as the other; empty if there is none. */
    Optional<Pid> anyPid();

    /** How often a child has ended and was not told to, since it was added. It never goes back. */
    long restarts(String id);

    /** Takes a running process in as a child, last in order, as if it had been started here. */
    void adopt(Pid process, ChildSpec child);

    /** Forgets a running child, which lives on without a supervisor. */
    Pid release(String id);

    /**
     * Hands a running child to another supervisor, by its name; the process does not notice. Until that has taken it, it is
     * this one's child.
     */
    void move(String id, String supervisor);

    /** Has other {@link SupervisorSpec#defaults} from now on. Children that run notice at their next start. */
    void defaults(ChildSpec defaults);

    /**
     * Follows a changed specification of the same name: stops and forgets initial children that are not in it any more,
     * starts new ones, and restarts those whose process is another. All else stays as it is, and so do children that were
     * started since. Returns when nothing is being started or stopped; if the supervisor is killed before, the one that
     * follows it finishes what has begun. {@code code_change/3}.
     */
    void update(SupervisorSpec spec);
}
