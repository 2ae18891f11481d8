package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on ordinary virtual threads. Whoever has the baton runs: the thread that drives the loop, or the one task that
 * it gave the baton to and waits for.
 */
final class PortableEngine extends Engine {

    static final PortableEngine INSTANCE = new PortableEngine();

    /** The task that the current thread is. */
    private static final ThreadLocal<@Nullable Coroutine> CURRENT = new ThreadLocal<>();

    private PortableEngine() {}

    /** A task's side of the hand-over. */
    static final class Baton {

        /** The task is in the loop's queue. Any thread. */
        private final AtomicBoolean queued = new AtomicBoolean();

        /** The task may run. Set by the thread that resumes it, cleared by the task. */
        private volatile boolean given;

        /** The task was resumed while it ran by itself, after it was given up. */
        private volatile boolean missed;

        /** Who waits for the baton. Written by the thread that resumes the task, read by the task. */
        private volatile @Nullable Thread giver;

        /**
         * The task was interrupted while it waited for the baton: its thread's status is cleared so long. Written by
         * the task.
         */
        private volatile boolean interrupted;

        /** The task's thread has nothing left to do. Written by the task. */
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

    /** A task that was given up may be running still, but not as a part of the loop. */
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

    /** Waits for the baton, unless the run is to end: a task that holds it and heeds nothing is left behind. */
    @Override
    void resume(Coroutine coroutine) {
        Baton baton = coroutine.baton();
        baton.queued.set(false);
        baton.missed = true;
        if (baton.over || baton.given) { // woken once more than it waited, or left behind and still running
            return;
        }
        baton.missed = false;
        baton.give(coroutine.thread());
        Driver driver = coroutine.core().driver();
        while (baton.given) {
            LockSupport.park(coroutine);
            Thread.interrupted(); // the driver is told by its sensor; kept, it would keep this thread from parking
            if (driver.thread() == Thread.currentThread()) { // and no zombie's
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

    /** An interruption from outside wakes the task as everything does: in its turn. */
    private static void awaitBaton(Coroutine coroutine) {
        Baton baton = coroutine.baton();
        while (!baton.given) {
            LockSupport.park(coroutine);
            if (!baton.given && Thread.currentThread().isInterrupted()) {
                baton.interrupted = true; // before the status is cleared: whoever asks finds one of them
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

    /** Such a thread becomes a task when it begins: the loop does not know of it before. */
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
