// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.tvshows;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Component;

/** Offers the code of processes that do not own the table. */
@Component(property = WorkerModule.MODULE + "=" + ViewerModule.NAME)
public final class ViewerModule implements WorkerModule {
    static final String NAME = "tv-shows.viewer";

    @Override
    public Worker newWorker() {
        return new Viewer();
    }
}
