// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.plugin.shy;

/** An interface of which no proxy can be made, so that no living service can be published. */
public sealed interface Shy permits Open {}
