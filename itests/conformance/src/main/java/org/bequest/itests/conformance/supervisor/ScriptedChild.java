// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.util.function.Function;
import org.bequest.process.ExitReason;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.jspecify.annotations.Nullable;

/** Starts as its script says, ends when it is told why, and tells of both. Its argument is the number of the script. */
final class ScriptedChild implements Worker {
    private final Function<Object, @Nullable Script> scripts;
    /** Null until it runs. */
    private @Nullable Script script;

    ScriptedChild(Function<Object, @Nullable Script> scripts) {
        this.scripts = scripts;
    }

    @Override
    public void onStart(Self self, @Nullable Object argument) throws ScriptedException {
        Script mine = argument == null ? null : scripts.apply(argument);
        if (mine == null) {
            throw new ScriptedException("no script of number " + argument);
        }
        switch (mine.nextStart()) {
            case OK -> {
                mine.hasStarted(self);
                script = mine;
            }
            case FAIL -> {
                mine.isFailing();
                throw new ScriptedException("init_failed");
            }
            case IGNORE -> {
                mine.wasIgnored();
                self.exit(ExitReason.NORMAL);
            }
        }
    }

    /** @param message why it is to end */
    @Override
    public void onCast(Self self, Object message) throws ScriptedException {
        if (message instanceof ExitReason.Crashed) {
            throw new ScriptedException(Reasons.CRASH);
        }
        self.exit((ExitReason) message);
    }

    @Override
    public void onStop(Self self, ExitReason reason) {
        if (script != null) {
            script.isTerminated(Reasons.write(reason));
        }
    }
}
