// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/** Those who are measured inside a JVM. */
public enum Side {
    BEQUEST {
        @Override
        Actors actors() throws Exception {
            return new BequestActors();
        }

        @Override
        Families families() throws Exception {
            return new BequestFamilies();
        }
    },
    PEKKO {
        @Override
        Actors actors() {
            return new PekkoActors();
        }

        @Override
        Families families() {
            return new PekkoFamilies();
        }
    };

    /** A new system for the suite {@code processes}. */
    abstract Actors actors() throws Exception;

    /** A new system for the suite {@code supervisors}. */
    abstract Families families() throws Exception;
}
