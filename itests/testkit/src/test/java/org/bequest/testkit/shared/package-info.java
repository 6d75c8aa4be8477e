// SPDX-License-Identifier: Apache-2.0
/** A package that plugins and tests share: the test's manifest exports it. */
@NullMarked
package org.bequest.testkit.shared;

import org.jspecify.annotations.NullMarked;
