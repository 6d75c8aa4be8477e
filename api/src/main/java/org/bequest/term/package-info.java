// SPDX-License-Identifier: Apache-2.0

/**
 * Terms: the immutable values that rows, keys and messages are made of.
 *
 * <p>A term is one of a closed set of values, and no class of a plugin is ever reachable from one. So a term may be
 * kept when the bundle that made it is gone, and read by the next version of that bundle:
 *
 * <ul>
 *   <li>{@code null}, which is never a key;
 *   <li>{@link java.lang.Boolean};
 *   <li>integers: {@link java.lang.Long}, and {@link java.math.BigInteger} for those that no long can hold;
 *   <li>floats: {@link java.lang.Double};
 *   <li>{@link java.lang.String}, {@link org.bequest.term.Binary}, {@link java.util.UUID};
 *   <li>the values of {@code java.time}: Instant, LocalDate, LocalTime, LocalDateTime, OffsetTime, OffsetDateTime,
 *       ZonedDateTime, Duration, Period, Year, YearMonth, MonthDay, DayOfWeek, Month, ZoneId and ZoneOffset;
 *   <li>{@link org.bequest.term.Pid};
 *   <li>{@link org.bequest.term.Tuple}, and lists and maps of terms.
 * </ul>
 *
 * <p>Where to start: {@link org.bequest.term.Tuple#of(Object, Object) Tuple.of} makes a row.
 * {@link org.bequest.term.Terms#copyOf Terms.copyOf} makes a term of a value: it widens {@code int}, {@code float} and
 * the like, copies byte arrays, lists and maps deep, and refuses everything else with a
 * {@link org.bequest.term.NotATermException} that says where and what.
 *
 * <p>Terms are equal in two ways. {@linkplain org.bequest.term.Terms#equal Exactly}, which is simply
 * {@code equals}: 1 is not 1.0. And {@linkplain org.bequest.term.Terms#compare by value}, in the one order over all
 * terms: 1 is as great as 1.0. That order is
 *
 * <pre>
 * numbers &lt; false &lt; true &lt; null &lt; UUIDs &lt; java.time &lt; pids &lt; tuples &lt; maps &lt; lists &lt; strings &lt; binaries
 * </pre>
 *
 * <p>Everything here is immutable or stateless, and safe for use by any number of threads.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bequest.term;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
