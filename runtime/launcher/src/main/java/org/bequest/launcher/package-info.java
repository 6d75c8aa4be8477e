// SPDX-License-Identifier: Apache-2.0
/** The command line: starts an OSGi framework with the bundles of Bequest, for the shell or for the demo. */
@NullMarked
package org.bequest.launcher;

import org.jspecify.annotations.NullMarked;
