// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

/**
 * {@code count_children/1}.
 *
 * @param specs specifications; 1 under simple-one-for-one
 * @param active children that have a process
 * @param supervisors children that are supervisors, with a process or not
 * @param workers children that are workers, with a process or not
 */
public record ChildCount(int specs, int active, int supervisors, int workers) {}
