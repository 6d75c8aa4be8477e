// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import java.util.EnumSet;
import java.util.Set;
import org.bequest.table.TableType;
import org.bequest.tables.spi.Engine;
import org.junit.jupiter.api.Nested;

/**
 * The contract of an engine and its stores. An engine proves itself by a class that extends this one:
 *
 * <pre>{@code
 * class HeapEngineConformanceTest extends EngineConformance {
 *     @Override
 *     protected Engine engine() {
 *         return new HeapEngine();
 *     }
 * }
 * }</pre>
 *
 * <p>Random tests say which seed they ran with; {@code -Dseed=…} runs them with it again.
 */
public abstract class EngineConformance {
    protected EngineConformance() {}

    /** The engine to be tested. May be called often; may return the same one each time. */
    protected abstract Engine engine();

    /** The types of tables that the engine keeps. Default: all. What it does not declare, is not tested. */
    protected Set<TableType> types() {
        return EnumSet.allOf(TableType.class);
    }

    /** What one thread sees of rows and keys. */
    @Nested
    final class Rows extends RowsContract {
        Rows() {
            super(EngineConformance.this);
        }
    }

    /** Random calls, against the simplest thing that could be a store. */
    @Nested
    final class Model extends ModelContract {
        Model() {
            super(EngineConformance.this);
        }
    }

    /** In which order keys are come to. */
    @Nested
    final class Order extends OrderContract {
        Order() {
            super(EngineConformance.this);
        }
    }

    /** Iterators, while the store changes below them. */
    @Nested
    final class Traversal extends TraversalContract {
        Traversal() {
            super(EngineConformance.this);
        }
    }

    /** What threads see of each other's single writes. */
    @Nested
    final class SingleWrites extends SingleWritesContract {
        SingleWrites() {
            super(EngineConformance.this);
        }
    }

    /** What threads see of batches. */
    @Nested
    final class Batches extends BatchContract {
        Batches() {
            super(EngineConformance.this);
        }
    }
}
