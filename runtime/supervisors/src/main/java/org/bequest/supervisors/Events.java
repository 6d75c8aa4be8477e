// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.process.ExitReason;
import org.bequest.term.Pid;
import org.jspecify.annotations.Nullable;

/** What happens to children, told to the log and to whoever listens. None of these waits or throws. */
interface Events {
    void started(String supervisor, Child child);

    void restarted(String supervisor, Child child);

    void exited(String supervisor, Child child, @Nullable Pid pid, ExitReason reason);

    /** It was told to stop, and did. */
    void stopped(String supervisor, Child child, @Nullable Pid pid, ExitReason reason);

    void waiting(String supervisor, Child child, String why);

    void gaveUp(String supervisor, Child child);

    void adopted(String supervisor, Child child);

    void takenOver(String supervisor, Child child, @Nullable Pid from);
}
