// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tvshows;

import java.util.List;

/** What is done to the table of shows, whatever a row looks like. */
interface Shows {
    /** {@code :tv_shows} */
    String TABLE = "tv_shows";

    void insert(String title, String actor, double rating);

    /** By title: a set has no order of its own. */
    List<?> toList();

    /** Returns whether there was one. */
    boolean delete(String title);

    List<?> lookup(String title);

    /** @param pattern for title, actor and rating each: {@code $N}, {@code _}, or the value */
    List<?> match(List<String> pattern);
}
