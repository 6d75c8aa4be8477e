// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.todo;

import java.time.Duration;
import org.bequest.supervisor.ChildDeclaration;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.SupervisorSpec;
import org.osgi.service.component.annotations.Component;

/** Has all of it running, one for one; {@code Todo.Supervisor}. */
@Component
public final class TodoSupervisor implements ChildDeclaration {
    /** The supervisor of the to-do lists; {@code Todo.List.Supervisor}. */
    static final String LISTS = "todo.lists";

    @Override
    public ChildSpec child() {
        SupervisorSpec lists = SupervisorSpec.of(LISTS)
                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                .child(ChildSpec.of("list", TodoList.MODULE).restart(Restart.TEMPORARY));
        ChildSpec manager = ChildSpec.of(TodoManager.NAME, TodoManager.MODULE).name(TodoManager.NAME);
        return ChildSpec.of(SupervisorSpec.of("todo")
                .strategy(Strategy.ONE_FOR_ONE)
                .intensity(3, Duration.ofSeconds(5))
                .child(ChildSpec.of(lists), manager));
    }
}
