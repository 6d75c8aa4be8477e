// SPDX-License-Identifier: Apache-2.0
/** What both versions of the word-count worker share: how text is cut into words, and where the counts are kept. */
@NullMarked
package org.bequest.examples.wordcount;

import org.jspecify.annotations.NullMarked;
