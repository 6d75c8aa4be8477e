// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bequest.process.ProcessSpec;
import org.bequest.said.Said;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor; {@code {sup_flags(), [child_spec()]}}. Immutable: each method with an argument returns a changed copy.
 * {@link ChildSpec#of(SupervisorSpec)} makes a child of it, {@link #process} a process without a supervisor of its own.
 */
public final class SupervisorSpec {
    /** An {@link #intensity} that is never reached. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String NAME = "name";
    private static final String STRATEGY = "strategy";
    private static final String INTENSITY = "intensity";
    private static final String PERIOD = "period";
    private static final String AUTO_SHUTDOWN = "auto_shutdown";
    private static final String CHILDREN = "children";
    private static final String DEFAULTS = "defaults";
    private static final String PLAN = "plan";
    private static final String TABLE = "table";
    private static final String MAX_FAILING = "max_failing";

    private final Said said;

    private SupervisorSpec(Said said) {
        this.said = said;
    }

    /** @param name that its process is registered under, and its service is found by; not blank */
    public static SupervisorSpec of(String name) {
        return new SupervisorSpec(Said.NOTHING.with(NAME, ChildSpec.notBlank("name", name)));
    }

    /** The other way round than {@link #toTerm}. */
    public static SupervisorSpec ofTerm(@Nullable Object term) {
        Said said = Said.of(term);
        String name = said.get(NAME, String.class);
        if (name == null) {
            throw new IllegalArgumentException("A supervisor must have a name: " + said.terms());
        }
        ChildSpec.notBlank("name", name);
        return new SupervisorSpec(said);
    }

    /** As a map of terms, to be sent or kept. */
    public Map<String, Object> toTerm() {
        return said.terms();
    }

    /** The process that it is, for {@link org.bequest.process.Processes#spawn}; nobody supervises it then. */
    public ProcessSpec process() {
        return ChildSpec.of(this).process();
    }

    public String name() {
        return said.get(NAME, "");
    }

    public Strategy strategy() {
        return said.get(STRATEGY, Strategy.class, Strategy.ONE_FOR_ONE);
    }

    /** Default {@link Strategy#ONE_FOR_ONE}. */
    public SupervisorSpec strategy(Strategy strategy) {
        return new SupervisorSpec(said.with(STRATEGY, strategy));
    }

    public int intensity() {
        return Math.toIntExact(said.get(INTENSITY, 1L));
    }

    public Duration period() {
        return said.get(PERIOD, Duration.ofSeconds(5));
    }

    /**
     * How many restarts the supervisor makes within a time; one more, and it gives up: it stops its children and ends with
     * {@link org.bequest.process.ExitReason#SHUTDOWN}. Default 1 in 5 seconds. Restarts by a plan do not count.
     */
    public SupervisorSpec intensity(int restarts, Duration period) {
        if (restarts < 0 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(
                    "intensity must be at least 0 and its period positive, were " + restarts + " and " + period);
        }
        return new SupervisorSpec(said.with(INTENSITY, (long) restarts).with(PERIOD, period));
    }

    public AutoShutdown autoShutdown() {
        return said.get(AUTO_SHUTDOWN, AutoShutdown.class, AutoShutdown.NEVER);
    }

    /** Default {@link AutoShutdown#NEVER}. */
    public SupervisorSpec autoShutdown(AutoShutdown autoShutdown) {
        return new SupervisorSpec(said.with(AUTO_SHUTDOWN, autoShutdown));
    }

    /** In the order in which they are started; with {@link Strategy#SIMPLE_ONE_FOR_ONE} the one that all are like. */
    public List<ChildSpec> children() {
        return said.list(CHILDREN).stream().map(ChildSpec::ofTerm).toList();
    }

    public SupervisorSpec children(List<ChildSpec> children) {
        return new SupervisorSpec(
                said.with(CHILDREN, children.stream().map(ChildSpec::toTerm).toList()));
    }

    /** These, after those that are there. */
    public SupervisorSpec child(ChildSpec... children) {
        List<ChildSpec> all = new ArrayList<>(children());
        all.addAll(List.of(children));
        return children(all);
    }

    public ChildSpec defaults() {
        Map<?, ?> defaults = said.get(DEFAULTS, Map.class);
        return defaults == null ? ChildSpec.defaults() : ChildSpec.ofTerm(defaults);
    }

    /** What children that {@linkplain ChildSpec#append append} do not say themselves. Default nothing. */
    public SupervisorSpec defaults(ChildSpec defaults) {
        return new SupervisorSpec(said.with(DEFAULTS, defaults.toTerm()));
    }

    public @Nullable RestartPlan plan() {
        Object plan = said.terms().get(PLAN);
        return plan == null ? null : RestartPlan.ofTerm(plan);
    }

    /**
     * What decides for children that have no plan of their own, if {@link Restart} has them restarted at all: not for temporary
     * ones, nor when a transient one has ended as expected. Default none: {@link Restart} and intensity decide.
     */
    public SupervisorSpec plan(RestartPlan plan) {
        return new SupervisorSpec(said.with(PLAN, plan.toTerm()));
    }

    /** Name of the table in which its children are rows, see {@link ChildrenTable}. */
    public String table() {
        return said.get(TABLE, "bequest.supervisor." + name());
    }

    public boolean shared() {
        return said.has(TABLE);
    }

    /**
     * Keeps its children in a table with those of the other supervisors that name it: ids are unique among them, each child
     * belongs to one of them, and what a dead one leaves another takes over. Not for {@link Strategy#ONE_FOR_ALL} and
     * {@link Strategy#REST_FOR_ONE}. Default: a table of its own.
     */
    public SupervisorSpec sharing(String table) {
        return new SupervisorSpec(said.with(TABLE, ChildSpec.notBlank("table", table)));
    }

    /** Null if no rollouts are supervised. */
    public @Nullable Integer maxFailing() {
        Long max = said.get(MAX_FAILING, Long.class);
        return max == null ? null : Math.toIntExact(max);
    }

    /**
     * Brings a new version of a module, offered beside the one that its children run, to one child after the other. A child
     * that fails to take over or ends within {@link #period} has failed; if more than that many have, the rollout is
     * stopped and those that run the new version go back. Default: all children move to a new version by themselves.
     */
    public SupervisorSpec rollout(int maxFailing) {
        if (maxFailing < 0) {
            throw new IllegalArgumentException("maxFailing must not be negative, was " + maxFailing);
        }
        return new SupervisorSpec(said.with(MAX_FAILING, (long) maxFailing));
    }

    /** A child's specification with what it takes from the defaults and the plan of this supervisor. */
    public ChildSpec complete(ChildSpec child) {
        ChildSpec whole = child.append() ? child.over(defaults()) : child;
        RestartPlan plan = plan();
        if (plan == null || whole.plan() != null) {
            return whole;
        }
        return switch (whole.restart()) {
            case PERMANENT -> whole.plan(plan);
            case TRANSIENT ->
                whole.plan(RestartPlan.byReason(plan)
                        .when(RestartPlan.Reason.NORMAL, RestartPlan.waitForOperator())
                        .when(RestartPlan.Reason.SHUTDOWN, RestartPlan.waitForOperator()));
            case TEMPORARY -> whole;
        };
    }

    /**
     * Looks for what cannot be. Nothing is started.
     *
     * @throws SupervisorException that says what it is
     */
    public void check() {
        List<ChildSpec> children;
        try {
            intensity(intensity(), period());
            Integer maxFailing = maxFailing();
            if (maxFailing != null) {
                rollout(maxFailing);
            }
            autoShutdown();
            defaults();
            plan();
            table();
            children = children();
            Strategy strategy = strategy();
            if (strategy == Strategy.SIMPLE_ONE_FOR_ONE && children.size() != 1) {
                throw bad("is simple-one-for-one and must have one child specification, not " + children.size());
            }
            if (shared() && (strategy == Strategy.ONE_FOR_ALL || strategy == Strategy.REST_FOR_ONE)) {
                throw bad("shares the table '" + table() + "' and cannot be " + strategy
                        + ", since its siblings are not all its own. Use ONE_FOR_ONE");
            }
            children.forEach(child -> complete(child).check(autoShutdown()));
        } catch (IllegalArgumentException | ArithmeticException | ClassCastException wrong) {
            throw bad("is wrong: " + wrong.getMessage());
        }
        Set<@Nullable String> ids = new HashSet<>();
        for (ChildSpec child : children) {
            if (child.id() == null || !ids.add(child.id())) {
                throw bad(
                        "has " + (child.id() == null ? "a child without an id" : "two children '" + child.id() + "'"));
            }
        }
    }

    private SupervisorException bad(String what) {
        return new SupervisorException(BAD_SPEC, null, null, "Supervisor '" + name() + "' " + what + ".");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SupervisorSpec spec && said.equals(spec.said);
    }

    @Override
    public int hashCode() {
        return said.hashCode();
    }

    @Override
    public String toString() {
        return "supervisor" + said.terms();
    }
}
