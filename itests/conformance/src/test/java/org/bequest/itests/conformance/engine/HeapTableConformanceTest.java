// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

class HeapTableConformanceTest extends TableConformance {
    HeapTableConformanceTest() {
        super("heap", "org.bequest.tables.heap");
    }
}
