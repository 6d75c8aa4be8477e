// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.util.List;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * What is known of a process, as of the moment of asking; {@code process_info/1}.
 *
 * @param version of the module's bundle whose code it runs; null while it is suspended
 * @param names that it is registered under, the first taken first
 * @param status what it is doing
 * @param queued number of messages in its mailbox
 * @param fenced number of handlers that were fenced off in its life
 */
public record ProcessInfo(
        Pid pid, String module, @Nullable Version version, List<String> names, Status status, int queued, int fenced) {
    /** What a process is doing. */
    public enum Status {
        /** It has yet to start, or waits for its module to. */
        STARTING,
        /** A message is being handled. */
        RUNNING,
        /** There is nothing to do. */
        WAITING,
        /** There is no code: its module is away. */
        SUSPENDED,
        /** It has ended. */
        EXITED
    }
}
