// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads in side by side, or one alone. When one has entered alone, all others have left, and whoever enters later
 * sees all that it did. Threads: any. Not reentrant: a thread that is inside must not enter.
 */
final class Gate {
    /* How it works. It is a lock that most never touch. Whoever enters takes a slot, by one compare-and-set, then looks whether
     * somebody is alone; if not, it is in, and leaves by giving the slot back, for which a plain store is enough. Whoever
     * enters alone takes the lock, then waits until no slot is taken. Each first says what it does and then looks at the
     * other, and all of that is volatile: so not both can miss the other. Whoever finds somebody alone, or no slot, shares
     * the lock as if there were no slots; who waits for whom is the lock's to decide.
     * There is one slot as long as nobody finds it taken, for most tables never have two writers at a time. From then on
     * each thread has one that others seldom want. The slots are shown before the first of them is taken, so whoever is
     * alone knows all that can be taken.
     * Why: docs/decisions/0015-the-path-from-handle-to-row.md
     */
    private static final VarHandle FIRST;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

    static {
        try {
            FIRST = MethodHandles.lookup().findVarHandle(Gate.class, "first", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int FREE = 0;
    private static final int TAKEN = 1;

    /** More than twice as many as there are processors: a power of two. */
    private static final int SLOTS =
            4 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors());
    /** From one slot to the next, in ints: two lines of a cache, which processors fetch together. */
    private static final int APART = 32;

    /* How one is inside, besides the place of a slot of many, which is above zero. */
    private static final int IN_FIRST = 0;
    private static final int SHARING = -1;
    private static final int ALONE = -2;

    private static final int SPINS = 100;
    private static final int YIELDS = 100;
    private static final long PAUSE_NANOS = 50_000;

    private final StampedLock lock = new StampedLock();
    private volatile int first = FREE;
    /** Each at a multiple of {@link #APART}, from 1 on; null as long as the first is enough. */
    private volatile int @Nullable [] slots;

    /** Enters beside others. What is returned must be given to {@link #leave}, by the same thread. */
    int enter() {
        if (slots == null && FIRST.compareAndSet(this, FREE, TAKEN)) {
            if (!lock.isWriteLocked()) {
                return IN_FIRST;
            }
            FIRST.setRelease(this, FREE);
            return share();
        }
        return enterCrowd();
    }

    private int enterCrowd() {
        int[] slots = slots();
        int home = System.identityHashCode(Thread.currentThread());
        for (int i = 0; i < SLOTS; i++) {
            int place = (1 + (home + i & SLOTS - 1)) * APART;
            if (SLOT.compareAndSet(slots, place, FREE, TAKEN)) {
                if (!lock.isWriteLocked()) {
                    return place;
                }
                SLOT.setRelease(slots, place, FREE);
                break;
            }
        }
        return share();
    }

    private int[] slots() {
        int[] present = slots;
        return present != null ? present : addSlots();
    }

    private synchronized int[] addSlots() {
        int[] present = slots;
        return present != null ? present : (slots = new int[(1 + SLOTS) * APART]);
    }

    private int share() {
        lock.readLock();
        return SHARING;
    }

    /** Enters alone. What is returned must be given to {@link #leave}, by the same thread. */
    int enterAlone() {
        lock.writeLock();
        for (int looks = 0; isAnyTaken(); looks++) {
            pause(looks);
        }
        return ALONE;
    }

    private boolean isAnyTaken() {
        if (first == TAKEN) {
            return true;
        }
        int[] slots = this.slots;
        for (int place = APART; slots != null && place < slots.length; place += APART) {
            if ((int) SLOT.getVolatile(slots, place) == TAKEN) {
                return true;
            }
        }
        return false;
    }

    /** Who is inside mostly leaves within less than a microsecond, but may have lost its processor. */
    private void pause(int looks) {
        if (looks < SPINS) {
            Thread.onSpinWait();
        } else if (looks < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    void leave(int way) {
        if (way == IN_FIRST) {
            FIRST.setRelease(this, FREE);
        } else if (way > IN_FIRST) {
            SLOT.setRelease(slots, way, FREE);
        } else if (way == SHARING) {
            lock.tryUnlockRead();
        } else {
            lock.tryUnlockWrite();
        }
    }
}
