// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shy;

/** The only way to be {@link Shy}. */
public non-sealed interface Open extends Shy {}
