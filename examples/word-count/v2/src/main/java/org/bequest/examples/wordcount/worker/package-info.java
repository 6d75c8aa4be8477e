// SPDX-License-Identifier: Apache-2.0
/** Version 2 of the word-count worker. */
@NullMarked
package org.bequest.examples.wordcount.worker;

import org.jspecify.annotations.NullMarked;
