// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets happen to the worker what the plan says, one thing after the other, while the clients go on calling. */
final class Chaos {
    private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);

    /** Calls to be answered before the first event: it is to meet a system that runs, not a JVM that starts. */
    private static final int WARM_UP = 20_000;

    /** Calls to be answered after each event, so that every version gets some work to do. */
    private static final int BREATH = 50;

    /** For how long no client is answered before that counts as a failure of the whole. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Plan plan;
    private final Deployment deployment;
    private final Clients clients;
    private final Consumer<Map<String, Object>> progress;
    private final List<Double> inPlace = new ArrayList<>();
    private final List<Double> sideBySide = new ArrayList<>();
    private int crashes;

    Chaos(Plan plan, Deployment deployment, Clients clients, Consumer<Map<String, Object>> progress) {
        this.plan = plan;
        this.deployment = deployment;
        this.clients = clients;
        this.progress = progress;
    }

    /** Returns when all has happened, the time is over, and the texts have been sent to their end once more. */
    void run() throws IOException, BundleException, InterruptedException {
        List<Plan.Event> events = plan.events();
        long begin = System.nanoTime();
        awaitCalls(events.isEmpty() ? 0 : WARM_UP);
        for (int i = 0; i < events.size(); i++) {
            waitUntil(begin + plan.time().toNanos() / events.size() * i);
            switch (events.get(i)) {
                case UPDATE_IN_PLACE -> inPlace.add(pauseOf(deployment::updateInPlace));
                case SWAP_SIDE_BY_SIDE -> sideBySide.add(pauseOf(deployment::swapSideBySide));
                case CRASH -> {
                    deployment.crash();
                    crashes++;
                    breathe();
                }
            }
        }
        waitUntil(begin + plan.time().toNanos());
        clients.lastPass();
        while (!clients.done()) {
            breathe();
        }
    }

    private interface Update {
        void run() throws IOException, BundleException, InterruptedException;
    }

    private double pauseOf(Update update) throws IOException, BundleException, InterruptedException {
        deployment.prepare();
        Pause pause = clients.observe();
        update.run();
        pause.end(clients.now());
        // The worker answers in order: after these, every call that was waiting during the update has its answer.
        breathe();
        LOG.debug("{} ms without an answer when version {} came", pause.millis(), deployment.version());
        return pause.millis();
    }

    private void waitUntil(long nanos) throws InterruptedException {
        while (System.nanoTime() - nanos < 0) {
            breathe();
        }
    }

    private void breathe() throws InterruptedException {
        awaitCalls(clients.calls() + BREATH);
    }

    private void awaitCalls(long total) throws InterruptedException {
        long last = clients.calls();
        long since = System.nanoTime();
        do {
            report();
            Thread.sleep(5);
            long now = System.nanoTime();
            if (clients.calls() > last) {
                last = clients.calls();
                since = now;
            } else if (now - since > PATIENCE_NANOS) {
                throw new IllegalStateException(
                        "The worker answers nobody any more; there are " + deployment.processes());
            }
        } while (clients.calls() < total);
    }

    private void report() {
        progress.accept(Map.of(
                "pass",
                clients.passes(),
                "calls",
                clients.calls(),
                "updates",
                inPlace.size() + sideBySide.size(),
                "crashes",
                crashes));
    }

    Map<String, Object> events() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("updates_in_place", inPlace.size());
        results.put("swaps_side_by_side", sideBySide.size());
        results.put("crashes", crashes);
        return results;
    }

    Map<String, Object> pauses() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("pause_in_place_ms", Pause.summary(inPlace));
        results.put("pause_side_by_side_ms", Pause.summary(sideBySide));
        return results;
    }
}
