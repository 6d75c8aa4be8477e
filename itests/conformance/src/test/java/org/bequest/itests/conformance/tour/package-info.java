// SPDX-License-Identifier: Apache-2.0
/** What {@code docs/tables.md} shows, section by section. */
@NullMarked
package org.bequest.itests.conformance.tour;

import org.jspecify.annotations.NullMarked;
