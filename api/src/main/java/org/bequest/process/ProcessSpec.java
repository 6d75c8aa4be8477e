// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import java.time.Duration;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What process to start. Immutable: each method returns a changed copy.
 *
 * @param module name of the {@link WorkerModule} that brings the code
 * @param argument a term for {@link Worker#onStart}; default null
 * @param name registered for the process before it starts; default null, none
 * @param absenceLimit how long the process may be without code before it ends with {@link ExitReason.ModuleAbsent};
 *     default 5 minutes. Zero ends it as soon as the module's bundle stops; {@link #FOREVER} lets it wait.
 */
public record ProcessSpec(
        String module, @Nullable Object argument, @Nullable String name, Duration absenceLimit) {
    /** No limit to a process's absence. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Duration DEFAULT_ABSENCE_LIMIT = Duration.ofMinutes(5);

    /** @throws org.bequest.term.NotATermException if the argument is no term */
    public ProcessSpec {
        if (module.isBlank()) {
            throw new IllegalArgumentException("A module's name must not be blank");
        }
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("A process's name must not be blank");
        }
        if (absenceLimit.isNegative()) {
            throw new IllegalArgumentException("absenceLimit must not be negative, was " + absenceLimit);
        }
        argument = Terms.copyOf(argument);
    }

    public static ProcessSpec of(String module) {
        return new ProcessSpec(module, null, null, DEFAULT_ABSENCE_LIMIT);
    }

    public ProcessSpec argument(@Nullable Object argument) {
        return new ProcessSpec(module, argument, name, absenceLimit);
    }

    public ProcessSpec name(String name) {
        return new ProcessSpec(module, argument, name, absenceLimit);
    }

    public ProcessSpec absenceLimit(Duration absenceLimit) {
        return new ProcessSpec(module, argument, name, absenceLimit);
    }
}
