// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bequest.process.ExitReason;
import org.bequest.process.Signal;
import org.bequest.supervisor.ChildSpec;
import org.bequest.term.Pid;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bringing a new version of a module to one child after the other, and back if it fails. */
final class Rollout {
    /* How it works. Of each module, one version is approved: children are started with it, and pinned to it, so that they do
     * not move by themselves. When a higher one is offered beside it, the first child is pinned to that; when it runs it, the
     * second; and so on. Then a while is waited. If few enough have failed by then, that version is the approved one; if too
     * many have at any time, those that run it are pinned back, and it is not tried again.
     *
     * When the approved version is gone there is no way back, and no choice: the highest is approved. */

    /** Of casts to itself: {@code {OBSERVED, module, version}}. */
    static final String OBSERVED = "observed";

    private static final Logger log = LoggerFactory.getLogger(Rollout.class);

    private final Supervision supervision;
    private final Children children;
    private final Set<String> watched = new HashSet<>();
    /** By module, the process that is being brought to the new version just now. */
    private final Map<String, Pid> current = new HashMap<>();

    /**
     * @param approved version that children are to run
     * @param candidate that is being brought to them; null if none
     * @param failed how many have failed with it
     * @param rejected version that is not tried again; null if none
     */
    private record Progress(
            String approved,
            @Nullable String candidate,
            long failed,
            @Nullable String rejected) {
        static Progress ofTerm(Tuple term) {
            return new Progress(term.getString(0), (String) term.get(1), term.getLong(2), (String) term.get(3));
        }

        Tuple toTerm() {
            return Tuple.of(approved, candidate, failed, rejected);
        }
    }

    Rollout(Supervision supervision) {
        this.supervision = supervision;
        this.children = supervision.children;
    }

    private @Nullable Progress progress(@Nullable String module) {
        Tuple term = children.header.rollouts.get(module);
        return term == null ? null : Progress.ofTerm(term);
    }

    private void save(String module, Progress progress) {
        Map<String, Tuple> all = new HashMap<>(children.header.rollouts);
        all.put(module, progress.toTerm());
        children.header.rollouts = Map.copyOf(all);
        children.saveHeader();
    }

    void takeUp() {
        if (children.spec().maxFailing() == null) {
            return;
        }
        children.all().forEach(child -> version(children.whole(child)));
        for (String module : children.header.rollouts.keySet()) {
            next(module);
        }
    }

    /** The version that a child is to be started with; null for the highest. */
    @Nullable
    Version version(ChildSpec whole) {
        String module = whole.module();
        if (children.spec().maxFailing() == null || module == null) {
            return null;
        }
        if (watched.add(module)) {
            supervision.self.watchModule(module);
        }
        Progress progress = progress(module);
        return progress == null ? null : Version.parseVersion(progress.approved);
    }

    void offered(Signal.Offered offer) {
        if (offer.versions().isEmpty() || children.spec().maxFailing() == null) {
            return;
        }
        String module = offer.module();
        String best = offer.versions().get(0).toString();
        Progress now = progress(module);
        if (now == null || !offer.versions().contains(Version.parseVersion(now.approved))) {
            save(module, new Progress(best, null, 0, null));
            running(module).forEach(child -> pin(child, best));
        } else if (!best.equals(now.approved) && !best.equals(now.rejected) && !best.equals(now.candidate)) {
            log.info(
                    "'{}' brings version {} of module '{}' to its children, one by one",
                    supervision.name(),
                    best,
                    module);
            save(module, new Progress(now.approved, best, 0, now.rejected));
            next(module);
        } else if (now.candidate != null && !offer.versions().contains(Version.parseVersion(now.candidate))) {
            save(module, new Progress(now.approved, null, 0, now.rejected));
            running(module).forEach(child -> pin(child, now.approved));
        }
    }

    private List<Child> running(String module) {
        List<Child> running = new ArrayList<>();
        for (Child child : children.all()) {
            if (child.pid != null && module.equals(children.whole(child).module())) {
                running.add(child);
            }
        }
        return running;
    }

    private void pin(Child child, String version) {
        supervision.self.pin(child.pid, Version.parseVersion(version));
    }

    /** A child that has started during a rollout is brought to the new version in its turn. */
    void started(Child child) {
        if (children.spec().maxFailing() != null) {
            next(children.whole(child).module());
        }
    }

    /** Something has become of children: if one of them was being brought to a new version, the next one is. */
    void goOn() {
        List.copyOf(current.keySet()).forEach(this::next);
    }

    /**
     * The first child that has yet to be brought to the new version; when there is none, it is watched for a while. Nothing as
     * long as one is at it, so this may be called at any time.
     */
    private void next(String module) {
        Progress now = progress(module);
        if (now == null || now.candidate == null) {
            current.remove(module);
            return;
        }
        Child at = current.containsKey(module) ? children.byPid(current.get(module)) : null;
        if (at != null && isToCome(at, now.candidate)) {
            return;
        }
        Child next = firstToCome(module, now.candidate);
        if (next != null) {
            current.put(module, next.pid);
            pin(next, now.candidate);
        } else {
            current.remove(module);
            supervision.self.sendAfter(children.spec().period(), Tuple.of(OBSERVED, module, now.candidate));
        }
    }

    private @Nullable Child firstToCome(String module, String candidate) {
        return running(module).stream()
                .filter(child -> isToCome(child, candidate))
                .findFirst()
                .orElse(null);
    }

    private static boolean isToCome(Child child, String candidate) {
        return !candidate.equals(child.version) && !candidate.equals(child.failedWith);
    }

    void switched(Signal.Switched outcome) {
        Child child = children.byPid(outcome.pid());
        if (child == null) {
            goOn();
            return;
        }
        String module = children.whole(child).module();
        Progress now = progress(module);
        child.version = outcome.version() == null ? null : outcome.version().toString();
        if (now == null || now.candidate == null) {
            return;
        }
        if (outcome.failure() != null && !now.candidate.equals(child.version)) {
            failed(module, now, child, outcome.failure());
        }
        next(module);
    }

    /** A child has ended by itself. */
    void ended(Child child, ExitReason reason) {
        String version = child.version;
        child.version = null;
        String module = children.whole(child).module();
        Progress now = progress(module);
        if (now != null && now.candidate != null && now.candidate.equals(version) && !reason.expected()) {
            failed(module, now, child, reason);
        }
    }

    private void failed(String module, Progress now, Child child, @Nullable ExitReason reason) {
        if (now.candidate.equals(child.failedWith)) {
            return; // Two workers of this process have asked for the same.
        }
        log.error(
                "{} of '{}' failed with version {} of module '{}': {}",
                child,
                supervision.name(),
                now.candidate,
                module,
                reason);
        child.failedWith = now.candidate;
        supervision.unlessLost(() -> children.save(child));
        long failed = now.failed + 1;
        if (failed <= children.spec().maxFailing()) {
            save(module, new Progress(now.approved, now.candidate, failed, now.rejected));
            return;
        }
        log.error(
                "'{}' goes back to version {} of module '{}', since {} children failed with version {}",
                supervision.name(),
                now.approved,
                module,
                failed,
                now.candidate);
        save(module, new Progress(now.approved, null, 0, now.candidate));
        running(module).forEach(other -> pin(other, now.approved));
    }

    /** All run the new version, and have for a while; unless another one has been started meanwhile. */
    void observed(String module, String candidate) {
        Progress now = progress(module);
        if (now != null && candidate.equals(now.candidate)) {
            if (firstToCome(module, candidate) != null) {
                next(module);
                return;
            }
            log.info(
                    "'{}' has brought version {} of module '{}' to its children",
                    supervision.name(),
                    candidate,
                    module);
            save(module, new Progress(candidate, null, 0, null));
            running(module).forEach(child -> pin(child, candidate));
        }
    }
}
