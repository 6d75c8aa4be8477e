// SPDX-License-Identifier: Apache-2.0

/**
 * Match specifications: which rows of a table are meant, and what is wanted of them, written down as data. After the
 * match specifications of ETS, see {@code ets:match/2}, {@code ets:select/2}, and the chapter <em>Match Specifications
 * in Erlang</em>.
 *
 * <p>Start at {@link org.bequest.match.MatchSyntax}, and import its words statically:
 *
 * <pre>{@code
 * match(tuple(var(1), "Grant Gustin", var(2)))
 *         .where(var(2).greaterThan(7))
 *         .select(var(1), var(2))
 * }</pre>
 *
 * finds the rows of three elements whose second is "Grant Gustin" and whose third is greater than 7, and makes a tuple of
 * the first and the third of each. By column name, for tables that have columns:
 *
 * <pre>{@code
 * rows().where(column("rating").atLeast(7)).select(column("title"))
 * }</pre>
 *
 * <p>A {@link org.bequest.match.MatchSpec} holds terms and nothing else: no lambda, no class of a plugin. So it can be
 * sent, stored and logged, a kernel can look into it to find rows by their key instead of reading them all, and nobody's
 * code runs while it is evaluated.
 *
 * <h2>Failure</h2>
 * An operator that is given what it is not made for, such as the sum of a string, has no value. A guard without a value
 * lets the row pass by, and the next clause is tried; nothing is thrown. What a clause <em>selects</em> must have a value,
 * or the whole call ends with a {@link org.bequest.match.MatchException}.
 *
 * <h2>Two things that surprise</h2>
 * Any two terms can be compared, in the {@linkplain org.bequest.term.Terms#compare order of terms}: a string is greater
 * than 7, and so is null. Add {@link org.bequest.match.Expression#isNumber() isNumber()} where a column holds both. And a
 * constant in a pattern matches exactly, 1 not 1.0, while {@link org.bequest.match.Expression#equalTo equalTo} compares by
 * value.
 *
 * <p>Everything here is immutable or stateless, and safe for use by any number of threads.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.match;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
