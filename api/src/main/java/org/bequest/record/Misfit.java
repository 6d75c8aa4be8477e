// SPDX-License-Identifier: Apache-2.0
package org.bequest.record;

import org.jspecify.annotations.Nullable;

/** A value does not fit its type. On its way out it learns where; whoever knows the table makes a ShapeException of it. */
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private String path = "";
    private final String problem;

    /** @param problem goes on from the name of a column: "is 300, which is no byte" */
    Misfit(String problem) {
        this(problem, null);
    }

    Misfit(String problem, @Nullable Throwable cause) {
        super(problem, cause, false, false);
        this.problem = problem;
    }

    /** Puts a name before the path. */
    Misfit in(String name) {
        path = path.isEmpty() ? name : name + "." + path;
        return this;
    }

    String path() {
        return path;
    }

    @Override
    public String getMessage() {
        return (path.isEmpty() ? "it " : "column '" + path + "' ") + problem;
    }
}
