// SPDX-License-Identifier: Apache-2.0
package org.bequest.process;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Somebody who waits for the reply to a call; {@code From} of {@code handle_call/3}. The first reply counts, later ones
 * are passed over, and so is one to a caller who has stopped waiting.
 *
 * <p>Threads: any. Valid for this worker; a worker that takes over the process finds the caller again by its number
 * ({@link Self#caller}).
 *
 * <p>Failure: all but the first two methods throw {@link org.bequest.table.FencedException} once the worker they were given to is fenced.
 */
@ProviderType
public interface Caller {
    /** The number of this call: a term, so that it can be handed over, or kept in a table, with the state. */
    long ref();

    /** Who calls, for logs. */
    String from();

    /** {@code gen_server:reply/2}. */
    void reply(@Nullable Object value);

    /** Makes the call throw {@link CallFailedException} with that message; the process lives on. */
    void fail(String message);

    /**
     * Makes the call throw that exception, as a method of a living service does by throwing it; the process lives on. The
     * class of the exception, and of its causes, should come from a bundle that stays: of one from the worker's own only
     * the text gets through, as a {@link CallFailedException}.
     */
    void fail(RuntimeException failure);
}
