// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bequest.table.NoEngineException;
import org.bequest.table.Owner;
import org.bequest.table.TableSpec;
import org.bequest.tables.spi.Engine;
import org.bequest.tables.spi.Store;

/** The storage engines in use: one of a name. */
final class Engines {
    private final Map<String, Engine> engines = new ConcurrentHashMap<>();

    void use(String name, Engine engine) {
        engines.put(name, engine);
    }

    boolean uses(String name, Engine engine) {
        return engines.get(name) == engine;
    }

    Store newStore(TableSpec spec, Owner who) {
        Engine engine = engines.get(spec.engine());
        if (engine == null) {
            throw new NoEngineException(
                    spec.name(),
                    "Table '" + spec.name() + "' needs engine '" + spec.engine() + "', which is not there; " + who
                            + " asked for it. Start a bundle that offers it, or name one of " + engines.keySet() + ".");
        }
        return engine.newStore(spec.type(), spec.keyPosition());
    }
}
