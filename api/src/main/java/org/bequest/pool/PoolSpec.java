// SPDX-License-Identifier: Apache-2.0
package org.bequest.pool;

import static org.bequest.pool.PoolException.Problem.BAD_SPEC;

import java.time.Duration;
import java.util.Map;
import org.bequest.process.ProcessSpec;
import org.bequest.said.Said;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.RestartPlan;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is to be; the arguments of {@code poolboy:start_link/2}. Immutable: each method with an argument returns a
 * changed copy. {@link #child} makes a child of a supervisor of it.
 */
public final class PoolSpec {
    private static final String NAME = "name";
    private static final String MODULE = "module";
    private static final String ARGUMENT = "argument";
    private static final String SIZE = "size";
    private static final String OVERFLOW = "overflow";
    private static final String LINGER = "linger";
    private static final String STRATEGY = "strategy";
    private static final String TIMEOUT = "timeout";
    private static final String VALIDATION = "validation";
    private static final String VALIDATION_TIMEOUT = "validation_timeout";
    private static final String LIFETIME = "lifetime";
    private static final String LEAK = "leak";
    private static final String BORROWER_DEATH = "borrower_death";
    private static final String SHUTDOWN = "shutdown";

    /** A crash of a pool's process costs nobody anything: it is followed at once, and after ever longer times if it goes on. */
    private static final RestartPlan PLAN = RestartPlan.upTo(
            1, RestartPlan.immediately(), RestartPlan.backoff(Duration.ofMillis(100), Duration.ofSeconds(10)));

    private final Said said;

    private PoolSpec(Said said) {
        this.said = said;
    }

    /**
     * @param name by which borrowers know it, not blank
     * @param module of the workers, see {@link ProcessSpec#module}. It need not be there: the workers start when it is
     */
    public static PoolSpec of(String name, String module) {
        return new PoolSpec(Said.NOTHING.with(NAME, notBlank(NAME, name)).with(MODULE, notBlank(MODULE, module)));
    }

    /** The other way round than {@link #toTerm}. @throws PoolException if it cannot be */
    public static PoolSpec ofTerm(@Nullable Object term) {
        try {
            Said said = Said.of(term);
            PoolSpec spec = new PoolSpec(said);
            notBlank(NAME, spec.name());
            notBlank(MODULE, spec.module());
            spec.size(spec.size())
                    .overflow(spec.maxOverflow())
                    .linger(spec.linger())
                    .strategy(spec.strategy())
                    .checkoutTimeout(spec.checkoutTimeout())
                    .onBorrowerDeath(spec.onBorrowerDeath())
                    .shutdown(spec.shutdown());
            spec.validationTimeout();
            Duration lifetime = spec.maxLifetime();
            Duration leak = spec.leakThreshold();
            if (lifetime != null) {
                positive(LIFETIME, lifetime);
            }
            if (leak != null) {
                positive(LEAK, leak);
            }
            if (spec.size() + spec.maxOverflow() == 0) {
                throw new IllegalArgumentException("a pool needs a size or an overflow of at least 1");
            }
            return spec;
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new PoolException(BAD_SPEC, "Pool specification " + term + " is wrong: " + wrong.getMessage());
        }
    }

    /** As a map of terms, to be sent or kept. */
    public Map<String, Object> toTerm() {
        return said.terms();
    }

    /**
     * The pool as a child of a supervisor, for {@link org.bequest.supervisor.ChildDeclaration} and
     * {@link org.bequest.supervisor.Supervisor#start}. Its id is the name of its {@linkplain #process process}. It is restarted
     * whenever it crashes, and then goes on with the workers and leases that there are; when it is told to stop, it stops its
     * workers first.
     *
     * @throws PoolException if the specification cannot be
     */
    public ChildSpec child() {
        ProcessSpec process = process();
        return ChildSpec.of(PoolProtocol.name(name()), process.module())
                .argument(process.argument())
                .name(PoolProtocol.name(name()))
                .absenceLimit(process.absenceLimit())
                .shutdown(ChildSpec.INFINITY)
                .plan(PLAN);
    }

    /** The pool's process, for {@link org.bequest.process.Processes#spawn}; nobody restarts it then. */
    public ProcessSpec process() {
        return ProcessSpec.of(PoolProtocol.MODULE)
                .argument(ofTerm(toTerm()).toTerm())
                .name(PoolProtocol.name(name()))
                .absenceLimit(ProcessSpec.FOREVER);
    }

    public String name() {
        return said.get(NAME, "");
    }

    public String module() {
        return said.get(MODULE, "");
    }

    public @Nullable Object argument() {
        return said.terms().get(ARGUMENT);
    }

    /** A term for each worker's {@link org.bequest.process.Worker#onStart}. Default null. */
    public PoolSpec argument(@Nullable Object argument) {
        return new PoolSpec(said.with(ARGUMENT, argument));
    }

    public int size() {
        return Math.toIntExact(said.get(SIZE, 5L));
    }

    /** How many workers there always are. Default 5. */
    public PoolSpec size(int size) {
        return new PoolSpec(said.with(SIZE, (long) notNegative(SIZE, size)));
    }

    public int maxOverflow() {
        return Math.toIntExact(said.get(OVERFLOW, 0L));
    }

    /** How many more there may be while nobody is idle. Default 0 (poolboy's is 10). */
    public PoolSpec overflow(int max) {
        return new PoolSpec(said.with(OVERFLOW, (long) notNegative(OVERFLOW, max)));
    }

    public Duration linger() {
        return said.get(LINGER, Duration.ofSeconds(1));
    }

    /** How long a worker beyond the size stays idle before it is dismissed, at least. Default 1 second. */
    public PoolSpec linger(Duration linger) {
        return new PoolSpec(said.with(LINGER, positive(LINGER, linger)));
    }

    public Strategy strategy() {
        return said.get(STRATEGY, Strategy.class, Strategy.LIFO);
    }

    /** Default {@link Strategy#LIFO}. Exact among those who borrow through one {@link Pool}, and nearly so among all. */
    public PoolSpec strategy(Strategy strategy) {
        return new PoolSpec(said.with(STRATEGY, strategy));
    }

    public Duration checkoutTimeout() {
        return said.get(TIMEOUT, Duration.ofSeconds(5));
    }

    /** How long {@link Pool#checkout()} waits. Default 5 seconds. */
    public PoolSpec checkoutTimeout(Duration timeout) {
        return new PoolSpec(said.with(TIMEOUT, positive(TIMEOUT, timeout)));
    }

    public @Nullable Object validation() {
        return said.terms().get(VALIDATION);
    }

    public Duration validationTimeout() {
        return positive(VALIDATION_TIMEOUT, said.get(VALIDATION_TIMEOUT, Duration.ofSeconds(1)));
    }

    /**
     * A worker is lent only if its reply to that request is {@code true}, and comes in time; otherwise it is replaced and
     * another is tried. The borrower's thread asks, before each lease. Default: nothing is asked.
     */
    public PoolSpec validation(Object request, Duration timeout) {
        return new PoolSpec(
                said.with(VALIDATION, request).with(VALIDATION_TIMEOUT, positive(VALIDATION_TIMEOUT, timeout)));
    }

    public @Nullable Duration maxLifetime() {
        return said.get(LIFETIME, Duration.class);
    }

    /** A worker is replaced when it is that old: at once if it is idle, else when it is returned. Default: never. */
    public PoolSpec maxLifetime(Duration lifetime) {
        return new PoolSpec(said.with(LIFETIME, positive(LIFETIME, lifetime)));
    }

    public @Nullable Duration leakThreshold() {
        return said.get(LEAK, Duration.class);
    }

    /**
     * A lease that is held for longer is reported to the log, once, with the stack of the borrower's thread. Taking the stack
     * makes each checkout some microseconds slower. Default: nobody looks.
     */
    public PoolSpec leakThreshold(Duration threshold) {
        return new PoolSpec(said.with(LEAK, positive(LEAK, threshold)));
    }

    public BorrowerDeath onBorrowerDeath() {
        return said.get(BORROWER_DEATH, BorrowerDeath.class, BorrowerDeath.RETURN);
    }

    /** Default {@link BorrowerDeath#RETURN}. */
    public PoolSpec onBorrowerDeath(BorrowerDeath then) {
        return new PoolSpec(said.with(BORROWER_DEATH, then));
    }

    public Duration shutdown() {
        return said.get(SHUTDOWN, Duration.ofSeconds(5));
    }

    /** How long a worker may take to stop when it is told to, before it is killed. Default 5 seconds. */
    public PoolSpec shutdown(Duration shutdown) {
        return new PoolSpec(said.with(SHUTDOWN, positive(SHUTDOWN, shutdown)));
    }

    private static String notBlank(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A pool's " + what + " must not be blank");
        }
        return value;
    }

    static int notNegative(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("A pool's " + what + " must not be negative, was " + value);
        }
        return value;
    }

    private static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("A pool's " + what + " must be positive, was " + value);
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PoolSpec spec && said.equals(spec.said);
    }

    @Override
    public int hashCode() {
        return said.hashCode();
    }

    @Override
    public String toString() {
        return "pool" + said.terms();
    }
}
