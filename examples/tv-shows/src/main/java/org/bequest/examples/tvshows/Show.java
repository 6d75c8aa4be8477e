// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tvshows;

/** A row with names in it. */
record Show(String title, String actor, double rating) {}
