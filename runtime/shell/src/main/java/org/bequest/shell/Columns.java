// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns under a header. */
final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    Columns(String... header) {
        rows.add(List.of(header));
    }

    Columns row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
        return this;
    }

    /** The lines, or the given text if there is nothing under the header. */
    String orIfEmpty(String text) {
        return rows.size() == 1 ? text : toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(width(i) - length(row.get(i)) + 2));
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
