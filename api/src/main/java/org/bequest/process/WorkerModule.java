// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The code of a kind of worker, as an OSGi service: the callback module of {@code gen_server}. Its name is the service
 * property {@value #MODULE}, its version that of the bundle which registers it. Of several modules of one name the
 * highest version is used; its processes move to it one by one, between two messages.
 *
 * <p>Threads: {@link #newWorker()} may be called by any thread of the kernel. Failure: what it throws is treated like a
 * failure of the worker's {@link Worker#onStart} or {@link Worker#onResume}.
 */
@ConsumerType
@FunctionalInterface
public interface WorkerModule {
    /** Service property: the module's name, a string. Required. */
    String MODULE = "bequest.module";

    /**
     * Service property: whether handlers block (wait for I/O, locks, other systems), a boolean. Default false. Blocking
     * handlers run on threads of their own, virtual ones where the JDK has them, and not on the few shared ones.
     */
    String BLOCKING = "bequest.blocking";

    /**
     * Service property: how long a handler may take to come back, once its process has to be switched over, suspended or
     * ended, before it is interrupted and fenced off; milliseconds. Default {@value #DEFAULT_GRACE_MS}.
     */
    String GRACE_MS = "bequest.grace.ms";

    /** See {@link #GRACE_MS}. */
    long DEFAULT_GRACE_MS = 5_000;

    /**
     * Service property: names of service interfaces that the module's workers implement; a string or an array of them. As
     * long as a process lives, the kernel keeps an OSGi service of each published for it, whatever happens to the code
     * behind: each call is a message to the process. Such a service has the properties {@link #MODULE}, {@link #PID} and,
     * for a registered process, {@link #PROCESS}.
     *
     * <p>The interfaces must come from another bundle than the module's, one that stays. A call waits for the method to
     * return, or gives a {@link java.util.concurrent.CompletionStage} or OSGi {@code Promise} back at once if that is what
     * the method returns. An exception of the method reaches the caller; the process goes on, as it does for any service.
     * If the process ends meanwhile the caller gets {@link ProcessExitedException}.
     */
    String SERVICES = "bequest.services";

    /**
     * Service property: how long a call of such a service may take, milliseconds; then the caller gets a
     * {@link CallTimeoutException}. Default {@value #DEFAULT_TIMEOUT_MS}. It must be longer than the pause of a swap.
     */
    String TIMEOUT_MS = "bequest.timeout.ms";

    /** See {@link #TIMEOUT_MS}. */
    long DEFAULT_TIMEOUT_MS = 30_000;

    /** Property of a process's services: its {@link org.bequest.term.Pid}, as text. */
    String PID = "bequest.pid";

    /** Property of a process's services: the first name that it is registered under. */
    String PROCESS = "bequest.process";

    /** The object that will answer one process, until it ends or is switched over. Never null, never the same one twice. */
    Worker newWorker();
}
