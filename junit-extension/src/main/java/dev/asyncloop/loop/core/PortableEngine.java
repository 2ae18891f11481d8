package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The engine of ordinary virtual threads, which pass a baton. Whoever has the baton runs: the thread that drives the
 * loop, or the coroutine that it gave the baton to and waits for.
 */
final class PortableEngine extends Engine {

    static final PortableEngine INSTANCE = new PortableEngine();

    /** The coroutine on the current thread. */
    private static final ThreadLocal<@Nullable Coroutine> CURRENT = new ThreadLocal<>();

    private PortableEngine() {}

    /** What one coroutine knows of the hand-over. */
    static final class Baton {

        /** Whether the coroutine is in the loop's queue. Any thread. */
        private final AtomicBoolean queued = new AtomicBoolean();

        /** Whether the coroutine may run. Set by the thread that resumes it, cleared by the coroutine. */
        private volatile boolean given;

        /**
         * Whether the coroutine was resumed while it ran by itself, after it was given up. Written by the thread that
         * resumes it.
         */
        private volatile boolean missed;

        /** The thread that waits for the baton. Written by that thread, read by the coroutine. */
        private volatile @Nullable Thread giver;

        /**
         * Whether the coroutine was interrupted while it waited for the baton. Until it has the baton, the status of
         * its thread is cleared. Written by the coroutine.
         */
        private volatile boolean interrupted;

        /** Whether the coroutine's thread has nothing left to do. Written by the coroutine. */
        private volatile boolean over;

        boolean hidesInterruption() {
            return interrupted;
        }

        private void give(Thread thread) {
            giver = Thread.currentThread();
            given = true;
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            } else {
                LockSupport.unpark(thread);
            }
        }

        private void giveBack() {
            given = false;
            LockSupport.unpark(giver);
        }
    }

    static @Nullable LoopCore runningHere() {
        Coroutine coroutine = CURRENT.get();
        return coroutine != null && coroutine.core().current() == coroutine ? coroutine.core() : null;
    }

    /** A coroutine that was given up may still run, but not as a part of the loop. */
    @Override
    boolean isOnLoop(LoopCore core, Thread virtual) {
        return runningHere() == core;
    }

    @Override
    Baton newBaton() {
        return new Baton();
    }

    @Override
    Thread newThread(Coroutine coroutine, String name, Runnable body) {
        return Thread.ofVirtual().name(name).unstarted(() -> perform(coroutine, body));
    }

    private static void perform(Coroutine coroutine, Runnable body) {
        CURRENT.set(coroutine);
        try {
            body.run();
        } finally {
            coroutine.baton().over = true;
            coroutine.baton().giveBack();
        }
    }

    @Override
    void start(Coroutine coroutine) {
        wake(coroutine);
    }

    /**
     * Gives the baton away and waits until it is back, or the run is to end. A coroutine that keeps it for ever is left
     * behind then.
     */
    @Override
    void resume(Coroutine coroutine) {
        Baton baton = coroutine.baton();
        baton.queued.set(false);
        baton.missed = true;
        if (baton.over || baton.given) { // woken more often than it waited, or left behind and still running
            return;
        }
        baton.missed = false;
        baton.give(coroutine.thread());
        Driver driver = coroutine.core().driver();
        while (baton.given) {
            LockSupport.park(coroutine);
            Thread.interrupted(); // the sensor told the driver; a set status would keep this thread from parking
            if (driver.thread() == Thread.currentThread()) { // else it is a thread of zombies
                driver.whileHeld();
            }
        }
    }

    @Override
    void suspend(Coroutine coroutine) {
        Baton baton = coroutine.baton();
        baton.giveBack();
        if (baton.missed) {
            wake(coroutine);
        }
        awaitBaton(coroutine);
    }

    /** Waits for the baton. An interruption does not end the wait, but queues the coroutine for its turn. */
    private static void awaitBaton(Coroutine coroutine) {
        Baton baton = coroutine.baton();
        while (!baton.given) {
            LockSupport.park(coroutine);
            if (!baton.given && Thread.currentThread().isInterrupted()) {
                baton.interrupted = true; // first, so that the interruption can be seen at any time
                Thread.interrupted();
                INSTANCE.wake(coroutine);
            }
        }
        if (baton.interrupted) {
            Thread.currentThread().interrupt();
            baton.interrupted = false;
        }
    }

    @Override
    void wake(Coroutine coroutine) {
        if (coroutine.baton().queued.compareAndSet(false, true)) {
            coroutine.queued();
            coroutine.core().enqueue(coroutine);
        }
    }

    @Override
    void interrupt(Coroutine coroutine) {
        coroutine.thread().interrupt();
        wake(coroutine);
    }

    @Override
    void yield(Coroutine coroutine) {
        wake(coroutine);
        suspend(coroutine);
    }

    @Override
    boolean isOver(Coroutine coroutine) {
        return coroutine.baton().over;
    }

    @Override
    boolean sharesThreadLocals() {
        return false;
    }

    /** Such a thread becomes a coroutine when it begins. The loop does not know of it before. */
    @Override
    ThreadFactory threadFactory(LoopCore core) {
        return body -> {
            Owner owner = core.currentOwner();
            return Thread.ofVirtual().unstarted(() -> adopt(core, owner, body));
        };
    }

    private static void adopt(LoopCore core, @Nullable Owner owner, Runnable body) {
        Coroutine coroutine = core.register().adopt(Thread.currentThread(), owner);
        INSTANCE.wake(coroutine);
        awaitBaton(coroutine);
        perform(coroutine, body);
    }
}
