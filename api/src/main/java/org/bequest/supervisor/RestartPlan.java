// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.bequest.process.ExitReason;
import org.bequest.process.ProcessSpec;
import org.bequest.term.Terms;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether, and when, a child that has ended is restarted; Director's {@code handle_exit}, as data. A plan is
 * immutable and can be turned into a term and back; it holds no code, so it pins none. The ready-made ones are made by the
 * static methods here, and can be put into each other:
 *
 * <pre>{@code
 * byReason(upTo(10, backoff(Duration.ofMillis(100), Duration.ofMinutes(1)), waitForOperator()))
 *         .when(Reason.NORMAL, delete())
 *         .whenCrashed("OutOfMemoryError", stop("out of memory"))
 * }</pre>
 */
public sealed interface RestartPlan {
    /** Restarts at once, always. Unlike {@link org.bequest.supervisor.Restart}, no intensity limits it. */
    static RestartPlan immediately() {
        return new Immediately();
    }

    /** @param delay not negative */
    static RestartPlan after(Duration delay) {
        return new After(delay);
    }

    /**
     * Restarts after a delay that doubles with each exit in a row, up to a cap; after a {@link Backoff#quiet} time it is the
     * first again.
     *
     * @param first positive
     * @param cap no delay is longer; not less than {@code first}
     */
    static Backoff backoff(Duration first, Duration cap) {
        return new Backoff(first, cap, Backoff.FACTOR, Backoff.JITTER, Backoff.quietFor(cap));
    }

    /**
     * One plan for so many exits in a row, then another one: give up after n. The second plan counts from where it begins
     * (but a {@link #named} one is told the whole row). The {@link UpTo#quiet} time is the longer one of the two plans, unless
     * it is given another one: without, exits are never forgotten.
     *
     * @param exits at least 1
     */
    static UpTo upTo(long exits, RestartPlan plan, RestartPlan then) {
        return new UpTo(exits, plan, then, longest(Stream.of(plan, then)));
    }

    /** Keeps the child, without a process, until {@link Supervisor#restart}. */
    static RestartPlan waitForOperator() {
        return new Wait();
    }

    /** Forgets the child. */
    static RestartPlan delete() {
        return new Delete();
    }

    /** Ends the supervisor with the child's reason, so that its own supervisor decides. */
    static RestartPlan stop() {
        return new Stop(null);
    }

    /** @param detail of the {@link ExitReason.Shutdown} that the supervisor ends with, a term */
    static RestartPlan stop(Object detail) {
        return new Stop(Objects.requireNonNull(detail, "detail; for the child's reason write stop()"));
    }

    /** A plan for each kind of reason, by {@link ByReason#when} and {@link ByReason#whenCrashed}, and one for the others. */
    static ByReason byReason(RestartPlan otherwise) {
        return new ByReason(List.of(), otherwise);
    }

    /** The plan that a {@link CustomPlan} service of that name has. */
    static RestartPlan named(String name) {
        return new Named(name);
    }

    /**
     * Decides. Depends on what is passed only.
     *
     * @param random gives numbers from 0 to less than 1, as {@link Math#random} does
     * @throws IllegalStateException if it is not this plan that decides, but the service that {@link #delegate} names
     */
    Decision decide(ChildExit exit, DoubleSupplier random);

    /** Name of the {@link CustomPlan} that is to be asked about that exit; null if {@link #decide} is. */
    default @Nullable String delegate(ChildExit exit) {
        return null;
    }

    /**
     * How long a process must have run for the next exit to be the first in a row. That of a plan with others inside is the
     * longest of theirs; {@link ProcessSpec#FOREVER}, which is never, only if none of them has another.
     */
    default Duration quiet() {
        return ProcessSpec.FOREVER;
    }

    /** For {@link #ofTerm}: a tuple of what kind it is, and what it is made with. */
    Object toTerm();

    /** @throws IllegalArgumentException if the term was not made by {@link #toTerm()} */
    static RestartPlan ofTerm(@Nullable Object term) {
        if (term instanceof Tuple t && t.size() > 0 && t.get(0) instanceof String kind) {
            try {
                switch (kind + "/" + t.size()) {
                    case Immediately.KIND + "/1":
                        return new Immediately();
                    case After.KIND + "/2":
                        return new After(read(t, 1, Duration.class));
                    case Backoff.KIND + "/6":
                        return new Backoff(
                                read(t, 1, Duration.class),
                                read(t, 2, Duration.class),
                                read(t, 3, Double.class),
                                read(t, 4, Double.class),
                                read(t, 5, Duration.class));
                    case UpTo.KIND + "/5":
                        return new UpTo(
                                read(t, 1, Long.class), ofTerm(t.get(2)), ofTerm(t.get(3)), read(t, 4, Duration.class));
                    case Wait.KIND + "/1":
                        return new Wait();
                    case Delete.KIND + "/1":
                        return new Delete();
                    case Stop.KIND + "/2":
                        return new Stop(t.get(1));
                    case ByReason.KIND + "/3":
                        List<?> cases = read(t, 1, List.class);
                        return new ByReason(cases.stream().map(Case::ofTerm).toList(), ofTerm(t.get(2)));
                    case Named.KIND + "/2":
                        return new Named(read(t, 1, String.class));
                    default:
                        break;
                }
            } catch (ClassCastException wrong) {
                throw new IllegalArgumentException("Not the term of a restart plan: " + term, wrong);
            }
        }
        throw new IllegalArgumentException("Not the term of a restart plan: " + term);
    }

    private static <T> T read(Tuple term, int position, Class<T> type) {
        Object value = term.get(position);
        if (value == null) {
            throw new ClassCastException("Element " + position + " must be of " + type.getSimpleName() + ", was null");
        }
        return type.cast(value);
    }

    private static Duration longest(Stream<RestartPlan> plans) {
        return plans.map(RestartPlan::quiet)
                .filter(quiet -> !quiet.equals(ProcessSpec.FOREVER))
                .max(Duration::compareTo)
                .orElse(ProcessSpec.FOREVER);
    }

    /** See {@link #immediately}. */
    record Immediately() implements RestartPlan {
        private static final String KIND = "immediately";

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            return Decision.RESTART;
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND);
        }
    }

    /** See {@link RestartPlan#after}. */
    record After(Duration delay) implements RestartPlan {
        private static final String KIND = "after";

        public After {
            ChildSpec.notNegative("delay", delay);
        }

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            return Decision.restartAfter(delay);
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND, delay);
        }
    }

    /**
     * See {@link #backoff}. Each method with an argument returns a changed copy.
     *
     * @param first delay, positive
     * @param cap of all delays, not less than the first
     * @param factor of a delay to the one before, at least 1
     * @param jitter from 0 to 1: by what part of itself a delay may be shorter or longer, by chance, so that children that
     *     ended together do not come back together
     * @param quiet see {@link RestartPlan#quiet}; positive
     */
    record Backoff(Duration first, Duration cap, double factor, double jitter, Duration quiet) implements RestartPlan {
        private static final String KIND = "backoff";
        private static final double FACTOR = 2;
        private static final double JITTER = 0.2;
        private static final Duration LEAST_QUIET = Duration.ofMinutes(1);

        public Backoff {
            if (first.isNegative() || first.isZero() || first.compareTo(cap) > 0) {
                throw new IllegalArgumentException(
                        "The first delay of a backoff must be positive, and its cap not less; were " + first + " and "
                                + cap);
            }
            if (!(factor >= 1 && factor <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("The factor of a backoff must be at least 1, was " + factor);
            }
            if (!(jitter >= 0 && jitter <= 1)) {
                throw new IllegalArgumentException("The jitter of a backoff must be from 0 to 1, was " + jitter);
            }
            positive("quiet time of a backoff", quiet);
        }

        /** Default 2. */
        public Backoff factor(double factor) {
            return new Backoff(first, cap, factor, jitter, quiet);
        }

        /** Default 0.2: delays are between 80% and 120%, but never beyond the cap. */
        public Backoff jitter(double jitter) {
            return new Backoff(first, cap, factor, jitter, quiet);
        }

        /** Default twice the cap, but at least a minute. */
        public Backoff quiet(Duration quiet) {
            return new Backoff(first, cap, factor, jitter, quiet);
        }

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            double regular = Math.min(nanos(cap), nanos(first) * Math.pow(factor, exit.streak() - 1));
            double delay = regular * (1 - jitter + 2 * jitter * random.getAsDouble());
            return Decision.restartAfter(delay < nanos(cap) ? Duration.ofNanos((long) delay) : cap);
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND, first, cap, factor, jitter, quiet);
        }

        private static double nanos(Duration duration) {
            return duration.getSeconds() * 1e9 + duration.getNano();
        }

        private static Duration quietFor(Duration cap) {
            if (cap.compareTo(LEAST_QUIET) < 0) {
                return LEAST_QUIET;
            }
            return cap.compareTo(ProcessSpec.FOREVER.dividedBy(2)) < 0 ? cap.multipliedBy(2) : ProcessSpec.FOREVER;
        }
    }

    /**
     * See {@link RestartPlan#upTo}.
     *
     * @param quiet see {@link RestartPlan#quiet}; positive
     */
    record UpTo(long exits, RestartPlan plan, RestartPlan then, Duration quiet) implements RestartPlan {
        private static final String KIND = "up_to";

        public UpTo {
            if (exits < 1) {
                throw new IllegalArgumentException("A plan is for at least 1 exit in a row, not for up to " + exits);
            }
            positive("quiet time", quiet);
        }

        /** A copy that forgets earlier exits once a process has run that long. */
        public UpTo quiet(Duration quiet) {
            return new UpTo(exits, plan, then, quiet);
        }

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            return exit.streak() <= exits ? plan.decide(exit, random) : then.decide(exit.after(exits), random);
        }

        @Override
        public @Nullable String delegate(ChildExit exit) {
            return exit.streak() <= exits ? plan.delegate(exit) : then.delegate(exit.after(exits));
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND, exits, plan.toTerm(), then.toTerm(), quiet);
        }
    }

    /** See {@link #waitForOperator}. */
    record Wait() implements RestartPlan {
        private static final String KIND = "wait";

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            return Decision.WAIT;
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND);
        }
    }

    /** See {@link RestartPlan#delete}. */
    record Delete() implements RestartPlan {
        private static final String KIND = "delete";

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            return Decision.DELETE;
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND);
        }
    }

    /**
     * See {@link RestartPlan#stop()}.
     *
     * @param detail null for the child's reason
     */
    record Stop(@Nullable Object detail) implements RestartPlan {
        private static final String KIND = "stop";

        public Stop {
            detail = Terms.copyOf(detail);
        }

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            return Decision.stop(detail);
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND, detail);
        }
    }

    /**
     * See {@link RestartPlan#byReason}. The cases are tried in their order. Exits in a row are counted whatever their reasons.
     */
    record ByReason(List<Case> cases, RestartPlan otherwise) implements RestartPlan {
        private static final String KIND = "by_reason";

        public ByReason {
            cases = List.copyOf(cases);
        }

        /** Adds a case after those that are there. */
        public ByReason when(Reason reason, RestartPlan plan) {
            return when(new Case(reason, "", plan));
        }

        /** Adds a case: a crash whose {@link ExitReason.Crashed#description} contains that text. */
        public ByReason whenCrashed(String text, RestartPlan plan) {
            return when(new Case(Reason.CRASHED, text, plan));
        }

        private ByReason when(Case next) {
            List<Case> more = new ArrayList<>(cases);
            more.add(next);
            return new ByReason(more, otherwise);
        }

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            return plan(exit).decide(exit, random);
        }

        @Override
        public @Nullable String delegate(ChildExit exit) {
            return plan(exit).delegate(exit);
        }

        private RestartPlan plan(ChildExit exit) {
            for (Case each : cases) {
                if (each.fits(exit.reason())) {
                    return each.plan;
                }
            }
            return otherwise;
        }

        @Override
        public Duration quiet() {
            return longest(Stream.concat(cases.stream().map(Case::plan), Stream.of(otherwise)));
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND, cases.stream().map(Case::toTerm).toList(), otherwise.toTerm());
        }
    }

    /**
     * A plan for some reasons.
     *
     * @param text what the description of a crash contains; empty for any, and for reasons of other kinds
     */
    record Case(Reason reason, String text, RestartPlan plan) {
        public Case {
            if (!text.isEmpty() && reason != Reason.CRASHED) {
                throw new IllegalArgumentException("Only a crash has a text, not " + reason);
            }
        }

        boolean fits(ExitReason exit) {
            return reason == Reason.of(exit)
                    && (!(exit instanceof ExitReason.Crashed crash)
                            || crash.description().contains(text));
        }

        Tuple toTerm() {
            return Tuple.of(reason.term(), text, plan.toTerm());
        }

        static Case ofTerm(@Nullable Object term) {
            if (term instanceof Tuple t && t.size() == 3) {
                return new Case(Reason.ofTerm(t.get(0)), read(t, 1, String.class), RestartPlan.ofTerm(t.get(2)));
            }
            throw new IllegalArgumentException("Not the term of a case of a restart plan: " + term);
        }
    }

    /** See {@link #named}. */
    record Named(String name) implements RestartPlan {
        private static final String KIND = "named";

        public Named {
            if (name.isBlank()) {
                throw new IllegalArgumentException("The name of a plan must not be blank");
            }
        }

        @Override
        public Decision decide(ChildExit exit, DoubleSupplier random) {
            throw new IllegalStateException("The restart plan '" + name + "' is a service: ask the CustomPlan with "
                    + CustomPlan.PLAN + "=" + name);
        }

        @Override
        public String delegate(ChildExit exit) {
            return name;
        }

        @Override
        public Object toTerm() {
            return Tuple.of(KIND, name);
        }
    }

    /** The kinds of {@link ExitReason}. */
    enum Reason {
        NORMAL(ExitReason.Normal.class),
        SHUTDOWN(ExitReason.Shutdown.class),
        KILLED(ExitReason.Killed.class),
        CRASHED(ExitReason.Crashed.class),
        STUCK(ExitReason.Stuck.class),
        MODULE_ABSENT(ExitReason.ModuleAbsent.class),
        MODULE_UNINSTALLED(ExitReason.ModuleUninstalled.class),
        NO_PROCESS(ExitReason.NoProcess.class);

        private final Class<? extends ExitReason> type;

        Reason(Class<? extends ExitReason> type) {
            this.type = type;
        }

        /** What kind a reason is. */
        public static Reason of(ExitReason reason) {
            return Stream.of(values())
                    .filter(kind -> kind.type.isInstance(reason))
                    .findFirst()
                    .orElseThrow();
        }

        private String term() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Reason ofTerm(@Nullable Object term) {
            return Stream.of(values())
                    .filter(kind -> kind.term().equals(term))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "A reason must be one of " + List.of(values()) + ", was '" + term + "'"));
        }
    }

    private static void positive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("The " + what + " must be positive, was " + time);
        }
    }
}
