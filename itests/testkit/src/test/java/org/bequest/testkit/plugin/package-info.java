// SPDX-License-Identifier: Apache-2.0
/** Plugins that the tests make bundles of. */
@NullMarked
package org.bequest.testkit.plugin;

import org.jspecify.annotations.NullMarked;
