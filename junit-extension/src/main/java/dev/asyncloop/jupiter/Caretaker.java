package dev.asyncloop.jupiter;

import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop on a thread of ours while JUnit's thread runs none of its phases but may wait for what is on it: a server that
 * was started before all tests, or an executor that {@code @AutoClose} closes.
 *
 * <p>The thread begins with the first thing that is to run; a loop on which nothing happens costs nothing.
 */
final class Caretaker {

    /** How long a body that was given up, or what the loop runs right now, may take to leave the loop. */
    private static final Duration GRACE = Duration.ofMillis(1500);

    private final EventLoop loop;

    /** Guarded by this, as the thread. */
    private boolean inCharge;

    private @Nullable Thread thread;

    Caretaker(EventLoop loop) {
        this.loop = loop;
    }

    /** Has the loop run on, now or when there is something to run. The thread that JUnit runs the test on. */
    void takeOver() {
        synchronized (this) {
            inCharge = true;
        }
        loop.setIdleListener(this::begin);
        if (!loop.allTasks().isEmpty()) {
            begin();
        }
    }

    /** Any thread; a thread is started, nothing is waited for. */
    private synchronized void begin() {
        if (inCharge && thread == null) {
            thread = Thread.ofPlatform().daemon().name("asyncloop-caretaker").start(loop::runForever);
        }
    }

    /**
     * Ends that run, and waits for one that another thread was left with; says whether nobody runs the loop now. The thread that
     * JUnit runs the test on.
     */
    boolean handBack() {
        loop.setIdleListener(null);
        Thread running = leave();
        if (running != null) {
            loop.callSoonThreadsafe(loop::stop); // which also ends a run that has not begun yet
            join(running);
        }
        return loop.awaitStopped(GRACE);
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
