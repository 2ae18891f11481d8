package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.account.LoopAccount;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop on a thread of ours while JUnit's thread runs none of its phases but may wait for what is on it: a server
 * that was started before all tests, or an executor that {@code @AutoClose} closes.
 *
 * <p>The thread begins with the first thing that is to run; a loop on which nothing happens costs nothing.
 */
final class Caretaker {

    /** How long a body that was given up, or what the loop runs right now, may take to leave the loop. */
    private static final Duration GRACE = Duration.ofMillis(1500);

    private final EventLoop loop;
    private final LoopAccount account;

    /** Guarded by this, as the thread. */
    private boolean inCharge;

    private @Nullable Thread thread;

    /**
     * How the present charge is run, and how that is ended. The thread that JUnit runs the test on; it starts the
     * other.
     */
    private Runnable run;

    private Runnable end;

    Caretaker(LoopAccount account) {
        this.account = account;
        this.loop = account.loop();
        this.run = loop::runForever;
        this.end = this::stop;
    }

    /** Has the loop run on, now or when there is something to run. The thread that JUnit runs the test on. */
    void takeOver() {
        run = loop::runForever;
        end = this::stop; // which also ends a run that has not begun yet
        takeCharge();
    }

    /** The same where nothing is to happen any more but what is to be waited for: virtual time stands still. */
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

    /** Any thread; a thread is started, nothing is waited for. */
    private synchronized void begin() {
        if (inCharge && thread == null) {
            thread = Thread.ofPlatform().daemon().name("asyncloop-caretaker").start(run);
        }
    }

    /**
     * Ends that run, and waits for one that another thread was left with; says whether nobody runs the loop now. The
     * thread that JUnit runs the test on.
     */
    boolean handBack() {
        account.setIdleListener(null);
        Thread running = leave();
        if (running != null) {
            end.run();
            join(running);
        }
        return account.awaitStopped(GRACE);
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
