// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.List;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessExitedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a process, which one thread brings about: the one that has set it dead and has taken all this from it.
 *
 * @param turn that was current; its handler, if one runs on another thread, is a zombie
 * @param code that it used, for it to leave
 * @param calls that it will not answer
 * @param names that it had
 * @param start that will not come to pass; null if it has
 */
record Death(
        KernelProcess process,
        ExitReason reason,
        @Nullable Turn turn,
        @Nullable Provider code,
        List<PendingCall> calls,
        List<String> names,
        @Nullable Start start) {
    /* How it works. In this order: the last life ends, pid and names are free, heirs are told of their tables, then the
     * process is "gone" and others are told. So nobody finds that it has ended while a handle of it still works, and who is
     * told can take its name. What asks to be told before it is gone is told with the others.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Death.class);

    void take() {
        log();
        Kernel kernel = process.kernel;
        kernel.ledger.end(process::life, () -> kernel.registry.remove(process, names));
        Relations relations = process.setGone();
        process.life().forget();
        kernel.modules.forget(process);
        if (turn != null) {
            turn.interrupt();
        }
        if (code != null) {
            code.leave();
        }
        process.module.leave(process);
        kernel.services.withdraw(process);
        ProcessExitedException end =
                new ProcessExitedException(process + " ended before it answered: " + reason, reason);
        calls.forEach(call -> call.reply.completeExceptionally(end));
        if (start != null) {
            start.failed(end);
        }
        if (relations != null) {
            relations.ended(process, reason);
        }
    }

    private void log() {
        if (reason.expected()) {
            LOG.debug("{} ended: {}", process, reason);
        } else if (reason instanceof ExitReason.Crashed crashed) {
            LOG.error("{} {}\n{}", process, crashed, crashed.stackTrace());
        } else if (reason instanceof ExitReason.Killed) {
            LOG.info("{} was killed, as somebody asked", process);
        } else {
            LOG.warn("{} ended: {}", process, reason);
        }
    }
}
