// SPDX-License-Identifier: Apache-2.0
/**
 * The demo: updates, swaps and kills the word-count worker while clients call it, then checks every count. A client of the
 * API like any other; start at {@link org.bequest.examples.wordcount.demo.Demo}.
 */
@NullMarked
package org.bequest.examples.wordcount.demo;

import org.jspecify.annotations.NullMarked;
