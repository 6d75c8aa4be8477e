// SPDX-License-Identifier: Apache-2.0
/** Benchmarks, with peers measured in the same run. See the README beside the pom. */
@NullMarked
package org.bequest.itests.benchmarks;

import org.jspecify.annotations.NullMarked;
