// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

/** After which ends a child is restarted; {@code restart}. */
public enum Restart {
    /** After every end. */
    PERMANENT,
    /** After one that is not {@linkplain org.bequest.process.ExitReason#expected expected}. */
    TRANSIENT,
    /** Never; its specification goes with it. */
    TEMPORARY
}
