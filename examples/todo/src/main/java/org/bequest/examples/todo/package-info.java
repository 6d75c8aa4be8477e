// SPDX-License-Identifier: Apache-2.0
/** To-do lists, their names, and who keeps them. Start at {@link org.bequest.examples.todo.TodoManager}. */
@NullMarked
package org.bequest.examples.todo;

import org.jspecify.annotations.NullMarked;
