// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.pooly;

import java.time.Duration;
import org.bequest.process.CallFailedException;
import org.bequest.process.Caller;
import org.bequest.process.Self;
import org.bequest.process.Worker;
import org.bequest.process.WorkerModule;
import org.bequest.term.Tuple;
import org.osgi.service.component.annotations.Component;

/** Somebody who borrows workers when it is called; the shell's own process in the text. */
@Component(property = {WorkerModule.MODULE + "=" + Consumer.NAME, WorkerModule.BLOCKING + ":Boolean=true"})
public final class Consumer implements WorkerModule {
    static final String NAME = "pooly-consumer";
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public Worker newWorker() {
        return new Worker() {
            @Override
            public void onCall(Self self, Object request, Caller caller) {
                try {
                    Tuple order = Tuple.of(PoolServer.CHECK_OUT, self.pid());
                    caller.reply(self.processes().call(PoolServer.NAME, order, TIMEOUT));
                } catch (CallFailedException refused) {
                    caller.fail(refused);
                }
            }
        };
    }
}
