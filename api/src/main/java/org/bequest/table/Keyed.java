// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.util.List;
import org.bequest.term.Tuple;

/** A key and its rows, as of one moment. Immutable. */
public record Keyed(Object key, List<Tuple> rows) {}
