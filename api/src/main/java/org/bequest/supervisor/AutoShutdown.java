// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

/** When a supervisor ends because its significant children have ended by themselves; {@code auto_shutdown}. */
public enum AutoShutdown {
    NEVER,
    /** When one of them has. */
    ANY_SIGNIFICANT,
    /** When the last of them has. */
    ALL_SIGNIFICANT
}
