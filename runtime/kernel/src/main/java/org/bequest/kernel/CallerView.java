// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import org.bequest.process.Caller;
import org.jspecify.annotations.Nullable;

/** A caller, as one worker sees it. */
record CallerView(ProcessLife life, PendingCall call) implements Caller {
    @Override
    public long ref() {
        return call.ref;
    }

    @Override
    public String from() {
        return call.from();
    }

    @Override
    public void reply(@Nullable Object value) {
        life.check("reply to ", call);
        call.answer(value);
        life.process.close(call);
    }

    @Override
    public void fail(String message) {
        life.check("reply to ", call);
        call.fail(message);
        life.process.close(call);
    }

    @Override
    public void fail(RuntimeException failure) {
        life.check("reply to ", call);
        call.reply.completeExceptionally(Foreign.exception(failure, life.process.loader()));
        life.process.close(call);
    }
}
