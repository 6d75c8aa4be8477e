// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisor;

import static org.bequest.supervisor.SupervisorException.Problem.BAD_SPEC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bequest.process.ProcessSpec;
import org.bequest.said.Said;
import org.jspecify.annotations.Nullable;

/**
 * What child to start and how to look after it; {@code child_spec()}. Immutable: each method with an argument returns a
 * changed copy. What is not said has its default, or with {@link #append} what the supervisor's
 * {@linkplain SupervisorSpec#defaults default specification} says.
 */
public final class ChildSpec {
    /** A {@link #shutdown} time: the child is killed at once; {@code brutal_kill}. */
    public static final Duration KILL = Duration.ZERO;
    /** A {@link #shutdown} time: the child is waited for without limit; {@code infinity}. */
    public static final Duration INFINITY = ProcessSpec.FOREVER;

    private static final String ID = "id";
    private static final String MODULE = "module";
    private static final String ARGUMENT = "argument";
    private static final String NAME = "name";
    private static final String ABSENCE_LIMIT = "absence_limit";
    private static final String RESTART = "restart";
    private static final String SHUTDOWN = "shutdown";
    private static final String TYPE = "type";
    private static final String SIGNIFICANT = "significant";
    private static final String MODULES = "modules";
    private static final String PLAN = "plan";
    private static final String KEEP = "keep";
    private static final String APPEND = "append";

    private final Said said;

    private ChildSpec(Said said) {
        this.said = said;
    }

    /** Says nothing: to begin a {@linkplain SupervisorSpec#defaults default specification} with. */
    public static ChildSpec defaults() {
        return new ChildSpec(Said.NOTHING);
    }

    /** @param id the child's name within its supervisor, not blank */
    public static ChildSpec of(String id) {
        return new ChildSpec(Said.NOTHING.with(ID, notBlank("id", id)));
    }

    /** A worker of that module; {@code #{id => Id, start => {Module, start_link, []}}}. */
    public static ChildSpec of(String id, String module) {
        return of(id).module(module);
    }

    /** A supervisor as a child. Its name is the child's id too. */
    public static ChildSpec of(SupervisorSpec supervisor) {
        return of(supervisor.name(), Supervisor.MODULE)
                .argument(supervisor.toTerm())
                .name(supervisor.name())
                .type(ChildType.SUPERVISOR)
                .absenceLimit(ProcessSpec.FOREVER);
    }

    /** The other way round than {@link #toTerm}. */
    public static ChildSpec ofTerm(@Nullable Object term) {
        return new ChildSpec(Said.of(term));
    }

    /** As a map of terms, to be sent or kept. */
    public Map<String, Object> toTerm() {
        return said.terms();
    }

    /** Null in a default specification. */
    public @Nullable String id() {
        return said.get(ID, String.class);
    }

    /** Null only before it is {@linkplain #over appended}. */
    public @Nullable String module() {
        return said.get(MODULE, String.class);
    }

    /** The {@link ProcessSpec#module} with the child's code; it need not be there. */
    public ChildSpec module(String module) {
        return new ChildSpec(said.with(MODULE, notBlank("module", module)));
    }

    public @Nullable Object argument() {
        return said.terms().get(ARGUMENT);
    }

    /** A term for the child's {@link org.bequest.process.Worker#onStart}. Default null. */
    public ChildSpec argument(@Nullable Object argument) {
        return new ChildSpec(said.with(ARGUMENT, argument));
    }

    public @Nullable String name() {
        return said.get(NAME, String.class);
    }

    /** The {@link ProcessSpec#name} to register the process under. Default none. */
    public ChildSpec name(String name) {
        return new ChildSpec(said.with(NAME, notBlank("name", name)));
    }

    public Duration absenceLimit() {
        return said.get(ABSENCE_LIMIT, ProcessSpec.of("any").absenceLimit());
    }

    /** How long the child may wait for its module, see {@link ProcessSpec#absenceLimit}. Default 5 minutes. */
    public ChildSpec absenceLimit(Duration limit) {
        return new ChildSpec(said.with(ABSENCE_LIMIT, notNegative("absenceLimit", limit)));
    }

    public Restart restart() {
        return said.get(RESTART, Restart.class, Restart.PERMANENT);
    }

    /** Default {@link Restart#PERMANENT}. */
    public ChildSpec restart(Restart restart) {
        return new ChildSpec(said.with(RESTART, restart));
    }

    public Duration shutdown() {
        return said.get(SHUTDOWN, type() == ChildType.SUPERVISOR ? INFINITY : Duration.ofSeconds(5));
    }

    /**
     * How long the child may take to stop when it is told to, before it is killed. Default 5 seconds, for a supervisor
     * {@link #INFINITY}.
     */
    public ChildSpec shutdown(Duration shutdown) {
        return new ChildSpec(said.with(SHUTDOWN, notNegative("shutdown", shutdown)));
    }

    public ChildType type() {
        return said.get(TYPE, ChildType.class, ChildType.WORKER);
    }

    /** Default {@link ChildType#WORKER}. */
    public ChildSpec type(ChildType type) {
        return new ChildSpec(said.with(TYPE, type));
    }

    public boolean significant() {
        return said.get(SIGNIFICANT, false);
    }

    /** Whether its end can end the supervisor, see {@link AutoShutdown}. Default false. */
    public ChildSpec significant(boolean significant) {
        return new ChildSpec(said.with(SIGNIFICANT, significant));
    }

    /** Those that were said; without any, {@link Supervisor#children} tells the child's own module. */
    public List<String> modules() {
        return said.list(MODULES).stream().map(String.class::cast).toList();
    }

    /** The modules that the child's code is of, for those who look at it; {@code modules}. */
    public ChildSpec modules(List<String> modules) {
        return new ChildSpec(said.with(MODULES, modules));
    }

    public @Nullable RestartPlan plan() {
        Object plan = said.terms().get(PLAN);
        return plan == null ? null : RestartPlan.ofTerm(plan);
    }

    /** What decides when the child has ended, in place of {@link #restart} and intensity. Default: the supervisor's plan. */
    public ChildSpec plan(RestartPlan plan) {
        return new ChildSpec(said.with(PLAN, plan.toTerm()));
    }

    public boolean keep() {
        return said.get(KEEP, false);
    }

    /**
     * Whether the child goes on when its supervisor ends in order, under another one that shares the
     * {@linkplain SupervisorSpec#sharing children table}. Default false.
     */
    public ChildSpec keep(boolean keep) {
        return new ChildSpec(said.with(KEEP, keep));
    }

    public boolean append() {
        return said.get(APPEND, false);
    }

    /** Whether what this does not say is what the supervisor's default specification says, see {@link #over}. Default false. */
    public ChildSpec append(boolean append) {
        return new ChildSpec(said.with(APPEND, append));
    }

    /**
     * This specification, laid over a default one: what this says holds; two arguments that are both lists are joined, the
     * default's first, and so are the modules; of two that are both maps this one's entries win. That this one
     * {@linkplain #append appends} is done with then; whether the result does, the default says.
     */
    public ChildSpec over(ChildSpec defaults) {
        Map<String, Object> both = new HashMap<>(defaults.said.terms());
        both.remove(ID);
        both.remove(NAME);
        Map<String, Object> mine = new HashMap<>(said.terms());
        mine.remove(APPEND);
        mine.forEach((key, own) -> both.merge(key, own, (general, special) -> added(key, general, special)));
        return ofTerm(both);
    }

    private static Object added(String key, Object general, Object special) {
        if ((key.equals(ARGUMENT) || key.equals(MODULES))
                && general instanceof List<?> first
                && special instanceof List<?> second) {
            List<@Nullable Object> joined = new ArrayList<>(first);
            joined.addAll(second);
            return joined;
        }
        if (key.equals(ARGUMENT) && general instanceof Map<?, ?> first && special instanceof Map<?, ?> second) {
            Map<@Nullable Object, @Nullable Object> joined = new HashMap<>(first);
            joined.putAll(second);
            return joined;
        }
        return special;
    }

    /** The process to start. @throws SupervisorException if no module was said */
    public ProcessSpec process() {
        String module = module();
        if (module == null) {
            throw new SupervisorException(
                    BAD_SPEC,
                    id(),
                    null,
                    "Child '" + id() + "' has no module. Say which, or append() it"
                            + " to a default specification that does.");
        }
        return new ProcessSpec(module, argument(), name(), absenceLimit());
    }

    /**
     * Looks for what cannot be; {@code supervisor:check_childspecs/2}. Nothing is started.
     *
     * @param autoShutdown of the supervisor that it is for
     * @throws SupervisorException that says what it is
     */
    public void check(AutoShutdown autoShutdown) {
        try {
            id();
            process();
            restart();
            type();
            notNegative("shutdown", shutdown());
            modules();
            plan();
            keep();
            append();
            if (significant() && autoShutdown == AutoShutdown.NEVER) {
                throw new SupervisorException(
                        BAD_SPEC,
                        id(),
                        null,
                        "Child '" + id()
                                + "' is significant, for a supervisor that does not shut down automatically. Set its autoShutdown.");
            }
            if (significant() && restart() == Restart.PERMANENT) {
                throw new SupervisorException(
                        BAD_SPEC,
                        id(),
                        null,
                        "Child '" + id()
                                + "' is significant and permanent, which would never count. Make it transient or temporary.");
            }
        } catch (IllegalArgumentException | ClassCastException wrong) {
            throw new SupervisorException(
                    BAD_SPEC, null, null, "Specification " + said.terms() + " is wrong: " + wrong.getMessage());
        }
    }

    static String notBlank(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A child's " + what + " must not be blank");
        }
        return value;
    }

    static Duration notNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, was " + value);
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChildSpec spec && said.equals(spec.said);
    }

    @Override
    public int hashCode() {
        return Objects.hash(said);
    }

    @Override
    public String toString() {
        return "child" + said.terms();
    }
}
