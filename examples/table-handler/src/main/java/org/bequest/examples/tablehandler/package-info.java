// SPDX-License-Identifier: Apache-2.0
/**
 * Tables that outlive their handlers, their manager, and both at once. Start at
 * {@link org.bequest.examples.tablehandler.Multiserver}, then see the manager and the handler.
 */
@NullMarked
package org.bequest.examples.tablehandler;

import org.jspecify.annotations.NullMarked;
