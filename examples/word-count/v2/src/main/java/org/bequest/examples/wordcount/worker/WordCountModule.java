// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.worker;

import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.osgi.service.component.annotations.Component;

/** Offers the code of word-count processes for as long as this bundle is active. */
@Component(property = WorkerModule.MODULE + "=word-count")
public final class WordCountModule implements WorkerModule {
    @Override
    public Worker newWorker() {
        return new WordCount();
    }
}
