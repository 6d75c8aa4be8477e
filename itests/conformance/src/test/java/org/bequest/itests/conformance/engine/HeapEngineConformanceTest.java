// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import org.bequest.tables.heap.HeapEngine;
import org.bequest.tables.spi.Engine;

class HeapEngineConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new HeapEngine();
    }
}
