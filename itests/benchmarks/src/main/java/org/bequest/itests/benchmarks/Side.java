// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

/** Those who are measured inside a JVM. */
public enum Side {
    BEQUEST("Bequest") {
        @Override
        Actors actors() throws Exception {
            return new BequestActors();
        }

        @Override
        Families families() throws Exception {
            return new BequestFamilies();
        }

        @Override
        Lending lending() throws Exception {
            return new BequestLending();
        }
    },
    PEKKO("Pekko") {
        @Override
        Actors actors() {
            return new PekkoActors();
        }

        @Override
        Families families() {
            return new PekkoFamilies();
        }
    },
    COMMONS_POOL("commons-pool2") {
        @Override
        Lending lending() throws Exception {
            return new CommonsLending();
        }
    };

    /** As people know it. */
    final String title;

    Side(String title) {
        this.title = title;
    }

    /** A new system for the suite {@code processes}. */
    Actors actors() throws Exception {
        throw new UnsupportedOperationException(title + " has no processes");
    }

    /** A new system for the suite {@code supervisors}. */
    Families families() throws Exception {
        throw new UnsupportedOperationException(title + " has no supervisors");
    }

    /** A new pool of {@value Lending#WORKERS} for the suite {@code pools}. */
    Lending lending() throws Exception {
        throw new UnsupportedOperationException(title + " has no pools");
    }
}
