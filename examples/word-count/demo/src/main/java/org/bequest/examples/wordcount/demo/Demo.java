// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.bequest.process.Processes;
import org.bequest.table.Tables;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the demo once. Takes the options ({@link Plan}) and somebody who wants to hear of progress ({@code pass},
 * {@code calls}, {@code updates}, {@code crashes}); returns the results by name. Only types of the JDK, as the launcher
 * that calls this lives outside of the container and shares no others with it.
 */
@Component(service = BiFunction.class, property = "bequest.command=demo")
public final class Demo implements BiFunction<Map<String, Object>, Consumer<Map<String, Object>>, Map<String, Object>> {
    private final BundleContext context;
    private final Processes processes;
    private final Tables tables;

    @Activate
    public Demo(BundleContext context, @Reference Processes processes, @Reference Tables tables) {
        this.context = context;
        this.processes = processes;
        this.tables = tables;
    }

    @Override
    public Map<String, Object> apply(Map<String, Object> options, Consumer<Map<String, Object>> progress) {
        try {
            return run(Plan.of(options), progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BundleException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The demo was interrupted", e);
        }
    }

    private Map<String, Object> run(Plan plan, Consumer<Map<String, Object>> progress)
            throws IOException, BundleException, InterruptedException {
        try (Deployment deployment = new Deployment(context, processes, plan.jars());
                Clients clients = new Clients(processes, plan.texts())) {
            Chaos chaos = new Chaos(plan, deployment, clients, progress);
            clients.start();
            chaos.run();
            Comparison counts =
                    Comparison.of(tables.open("word-counts"), plan.texts().values(), clients.passes());

            Map<String, Object> results = new LinkedHashMap<>();
            results.put("passes", clients.passes());
            results.putAll(counts.results());
            results.putAll(chaos.events());
            results.put("calls", clients.calls());
            results.put("calls_failed", clients.failed());
            results.putAll(chaos.pauses());
            results.put("class_loaders_replaced", deployment.replaced());
            results.put("class_loaders_collected", deployment.awaitCollected());
            results.put("rows_after", tables.open("word-counts").size());
            return results;
        }
    }
}
