// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

/** What a child is said to be; {@code type}. */
public enum ChildType {
    WORKER,
    SUPERVISOR
}
