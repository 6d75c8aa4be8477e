// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jctools.maps.NonBlockingHashMap;

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

        @Override
        Rows rows(TableType type) throws Exception {
            return new BequestRows(tables -> tables.create(TableSpec.of("rows").type(type)));
        }

        @Override
        Rows records() throws Exception {
            return new BequestRecords();
        }
    },
    /** For records: the same table, read as tuples. */
    TUPLES("tuples") {
        @Override
        Rows records() throws Exception {
            return new BequestRows(BequestRecords::create);
        }
    },
    /** For the cost of a handle: what is behind it. */
    STORE("store without handle") {
        @Override
        Rows rows(TableType type) throws Exception {
            return new StoreRows(type);
        }
    },
    CONCURRENT_HASH_MAP("ConcurrentHashMap") {
        @Override
        Rows rows(TableType type) {
            return new MapRows(ConcurrentHashMap::new);
        }
    },
    NON_BLOCKING_HASH_MAP("NonBlockingHashMap") {
        @Override
        Rows rows(TableType type) {
            return new MapRows(NonBlockingHashMap::new);
        }
    },
    CAFFEINE("Caffeine") {
        /** With a limit, as a cache has, which is not reached. */
        @Override
        Rows rows(TableType type) {
            return new MapRows(
                    () -> Caffeine.newBuilder().maximumSize(Row.KEYS).build().asMap());
        }
    },
    CONCURRENT_SKIP_LIST_MAP("ConcurrentSkipListMap") {
        @Override
        Rows rows(TableType type) {
            return new MapRows(ConcurrentSkipListMap::new);
        }
    },
    MV_STORE("MVStore") {
        @Override
        Rows rows(TableType type) {
            return new MapRows(() -> MvStore.map(LongDataType.INSTANCE));
        }

        @Override
        Rows namedRows(TableType type) {
            return new MapRows(() -> MvStore.map(StringDataType.INSTANCE));
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

    /** A new table for the suite {@code tables}; what is no map comes in a container of its own. */
    Rows rows(TableType type) throws Exception {
        throw new UnsupportedOperationException(title + " has no " + type);
    }

    /** The same, for rows whose keys are strings. */
    Rows namedRows(TableType type) throws Exception {
        return rows(type);
    }

    /** The same, with columns. */
    Rows records() throws Exception {
        throw new UnsupportedOperationException(title + " has no records");
    }
}
