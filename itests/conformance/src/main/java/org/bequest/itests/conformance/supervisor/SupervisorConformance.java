// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import org.bequest.itests.conformance.Recording;
import org.bequest.itests.conformance.Replay;
import org.bequest.process.Processes;
import org.bequest.process.WorkerModule;
import org.bequest.supervisor.Supervisor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Replays one recording of supervisors. Takes the option {@code file} (a path; if there is none, the recording in this bundle);
 * returns {@link org.bequest.itests.conformance.Result#asMap}. Only types of the JDK, as the launcher that calls this lives
 * outside of the container and shares no others with it.
 */
@Component(
        service = Function.class,
        property = {"bequest.command=conformance", "bequest.suite=supervisor"})
public final class SupervisorConformance implements Function<Map<String, Object>, Map<String, Object>> {
    private final BundleContext context;
    private final Processes processes;

    /** @param supervisors not called, but has to be there */
    @Activate
    public SupervisorConformance(
            BundleContext context,
            @Reference Processes processes,
            @Reference(target = "(" + WorkerModule.MODULE + "=" + Supervisor.MODULE + ")")
                    ServiceReference<WorkerModule> supervisors) {
        this.context = context;
        this.processes = processes;
    }

    /** @throws UncheckedIOException if the file cannot be read */
    @Override
    public Map<String, Object> apply(Map<String, Object> options) {
        try (InputStream recording = Recording.open(options, "supervisor.jsonl");
                Supervisors supervisors = new Supervisors(context, processes)) {
            return Replay.of(recording, supervisors).asMap();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
