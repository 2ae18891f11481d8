package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.account.LoopAccount;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop on a thread of ours between its phases. Meanwhile JUnit's thread may wait for something on the loop: a
 * server that was started before all tests, or an executor that {@code @AutoClose} closes.
 *
 * <p>The thread starts when there is something to run. A loop on which nothing happens costs nothing.
 */
final class Caretaker {

    /** How long a body that was given up, or the present step of the loop, may take to leave the loop. */
    private static final Duration GRACE = Duration.ofMillis(1500);

    private final EventLoop loop;
    private final LoopAccount account;

    /** Whether the caretaker is to run the loop. Under this object's monitor, like the thread. */
    private boolean inCharge;

    private @Nullable Thread thread;

    /**
     * How the loop is run at present, and how that is ended. Written by the thread on which JUnit runs the test, which
     * also starts the thread that reads it.
     */
    private Runnable run;

    private Runnable end;

    Caretaker(LoopAccount account) {
        this.account = account;
        this.loop = account.loop();
        this.run = loop::runForever;
        this.end = this::stop;
    }

    /** Lets the loop run on, now or when there is something to run. The thread on which JUnit runs the test. */
    void takeOver() {
        run = loop::runForever;
        end = this::stop; // which also ends a run that has not begun yet
        takeCharge();
    }

    /**
     * Lets only those things happen that may still have to be waited for: virtual time stands still. The thread on
     * which JUnit runs the test.
     */
    void takeOverAtRest() {
        CompletableFuture<@Nullable Void> handedBack = new CompletableFuture<>();
        run = () -> loop.runUntilComplete(handedBack); // a future that is not the loop's
        end = () -> handedBack.complete(null);
        takeCharge();
    }

    private void stop() {
        loop.callSoonThreadsafe(loop::stop);
    }

    private void takeCharge() {
        synchronized (this) {
            inCharge = true;
        }
        account.setIdleListener(this::begin);
        if (!loop.allTasks().isEmpty()) {
            begin();
        }
    }

    /** Starts the thread if it is needed. Any thread; waits for nothing. */
    private synchronized void begin() {
        if (inCharge && thread == null) {
            thread = Thread.ofPlatform().daemon().name("asyncloop-caretaker").start(run);
        }
    }

    /**
     * Ends the run, and waits for a run that was left to another thread. From a thread that a task keeps busy for
     * longer, the loop is taken away. Returns whether nobody runs the loop now. The thread on which JUnit runs the
     * test.
     */
    boolean handBack() {
        account.setIdleListener(null);
        Thread running = leave();
        if (running != null) {
            end.run();
            join(running);
        }
        return account.awaitStopped(GRACE) || account.takeAway();
    }

    private synchronized @Nullable Thread leave() {
        Thread running = thread;
        inCharge = false;
        thread = null;
        return running;
    }

    private static void join(Thread running) {
        try {
            running.join(GRACE);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
