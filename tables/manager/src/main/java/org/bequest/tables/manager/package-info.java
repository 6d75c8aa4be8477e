// SPDX-License-Identifier: Apache-2.0
/**
 * The table manager: a worker module like any other, whose one process keeps managed tables for those who come and go.
 *
 * <p>Start at {@link org.bequest.tables.manager.Manager}. {@link org.bequest.tables.manager.ManagerChild} has its process
 * running, {@link org.bequest.tables.manager.ConfiguredTable} brings it the tables that Config Admin declares.
 */
@NullMarked
package org.bequest.tables.manager;

import org.jspecify.annotations.NullMarked;
