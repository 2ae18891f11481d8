package dev.asyncloop.loop.main;

import dev.asyncloop.jdk.SharedThreadLocals;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.watch.RunWatch;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One coroutine that runs several bodies, one after the other: the set-up of a test, the test, and its tear-down.
 *
 * <p>{@code Thread.currentThread()} is the same in all bodies, so that a lock that one body takes can be released by a
 * later one. While a body runs, the coroutine has the thread-locals and the context class loader of the thread that
 * drives the loop. Between two bodies it waits.
 *
 * <p>One thread at a time, while the loop does not run.
 */
public final class MainTask {

    /** A body that may throw anything. */
    @FunctionalInterface
    public interface Phase<T extends @Nullable Object> {

        /**
         * Runs the body.
         *
         * @throws Throwable whatever it throws
         */
        T run() throws Throwable;
    }

    private final LoopCore core;
    private final String name;
    private final Owner owner;

    /** How long each body may take; null without a limit. */
    private final @Nullable Duration timeout;

    /** The coroutine; null before the first body. Written by the driving thread between runs, read by the coroutine. */
    private @Nullable Coroutine task;

    /** The phase that it is to run next. Written by the driving thread between runs, and by the coroutine. */
    private volatile @Nullable PhaseFuture<?> next;

    /**
     * The phase that {@link #task} was given last. Written before its run, since another thread may begin the next run
     * as soon as this one has left the loop.
     */
    private volatile @Nullable PhaseFuture<?> last;

    /**
     * A main task on the loop of {@code core}. Its thread has the name {@code name}, and {@code owner} owns what it
     * starts.
     *
     * @param timeout how long each body may take; null without a limit
     */
    public MainTask(LoopCore core, String name, Owner owner, @Nullable Duration timeout) {
        this.core = core;
        this.name = name;
        this.owner = owner;
        this.timeout = timeout;
    }

    /**
     * Runs {@code body} in this coroutine, and the loop on the calling thread until the body has ended. Returns its
     * result, or throws what it throws. If the calling thread is interrupted and the body does not end, the body is
     * given up. Then it stays where it is, without the thread-locals, and later bodies run in a new coroutine.
     *
     * @throws IllegalStateException as {@code EventLoop.runUntilComplete}
     */
    public <T extends @Nullable Object> T run(Phase<? extends T> body) {
        return run(owner, body);
    }

    /** The same, but {@code charged} owns what {@code body} starts. */
    public <T extends @Nullable Object> T run(Owner charged, Phase<? extends T> body) {
        core.ensureCanRun();
        RunWatch.of(core).guard().timeout(timeout);
        Coroutine coroutine = coroutine();
        coroutine.work(charged);
        PhaseFuture<T> phase = new PhaseFuture<>(coroutine, body);
        last = phase;
        next = phase;
        boolean shares = core.sharesThreadLocals();
        if (shares) {
            SharedThreadLocals.lend(coroutine.thread());
        }
        try {
            core.wake(coroutine);
            return core.runUntilComplete(() -> phase);
        } finally {
            if (shares) {
                SharedThreadLocals.takeBack(coroutine.thread());
            }
            if (phase.isDone() && last == phase) {
                coroutine.rest();
            }
        }
    }

    /** Lets the coroutine end. Does nothing if none was started, or if it was given up. */
    public void finish() {
        Coroutine coroutine = task;
        if (coroutine == null || isGivenUp() || coroutine.isDone()) {
            return;
        }
        task = null;
        core.wake(coroutine);
        core.runUntilComplete(coroutine::outcome);
    }

    /** Whether it is still in the middle of a phase, though nobody runs the loop. */
    private boolean isGivenUp() {
        PhaseFuture<?> phase = last;
        return phase != null && !phase.isDone();
    }

    private Coroutine coroutine() {
        Coroutine present = task;
        if (present == null || isGivenUp()) {
            present = core.start(CoroutineKind.MAIN, name, owner, () -> {
                performPhases();
                return null;
            });
            task = present;
        }
        return present;
    }

    private void performPhases() {
        Coroutine me = Here.requireCoroutine();
        while (task == me) {
            PhaseFuture<?> phase = next;
            if (phase == null) {
                core.suspend(me);
                if (Thread.interrupted()) { // a set status would keep it from parking
                    me.cancellation().putOff();
                }
            } else {
                next = null;
                phase.perform();
            }
        }
    }
}
