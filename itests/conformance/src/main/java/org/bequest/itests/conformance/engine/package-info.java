// SPDX-License-Identifier: Apache-2.0
/**
 * What every storage engine must pass, as tests for JUnit 5 that an engine's author inherits:
 *
 * <ul>
 *   <li>{@link org.bequest.itests.conformance.engine.EngineConformance}: the engine by itself, in a plain JVM, against the contract
 *       of {@link org.bequest.tables.spi.Store};
 *   <li>{@link org.bequest.itests.conformance.engine.TableConformance}: its bundle below a kernel, in a container, by what users see.
 * </ul>
 */
@NullMarked
package org.bequest.itests.conformance.engine;

import org.jspecify.annotations.NullMarked;
