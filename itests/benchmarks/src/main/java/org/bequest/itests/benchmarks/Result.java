// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.benchmarks;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one case.
 *
 * @param ours null if there is none
 * @param peers by name, those that were there, in their order
 */
record Result(Case subject, @Nullable Figure ours, Map<String, Figure> peers) {
    String toJson() {
        return "{\"suite\":\"" + subject.suite() + "\",\"case\":\"" + subject.name() + "\",\"size\":" + subject.size()
                + ",\"threads\":" + subject.threads() + ",\"unit\":\"" + subject.unit() + "\",\"ours\":"
                + Figure.number(our(Figure::value)) + ",\"error\":" + Figure.number(our(Figure::error))
                + ",\"peers\":"
                + peers.entrySet().stream()
                        .map(peer -> "\"" + peer.getKey() + "\":"
                                + Figure.number(peer.getValue().value()))
                        .collect(Collectors.joining(",", "{", "}"))
                + "}";
    }

    private double our(ToDoubleFunction<Figure> part) {
        return ours == null ? Double.NaN : part.applyAsDouble(ours);
    }
}
