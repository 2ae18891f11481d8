package dev.asyncloop.leak.detect;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.account.AllDone;
import dev.asyncloop.loop.account.LoopAccount;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an owner has left on one loop, and how to get rid of it. The loop must not be running. One thread. */
public final class LoopLeftovers {

    /** How long cancelled tasks may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /**
     * The turns in which something ready may still end before it is judged. Users of asyncio are advised to allow as
     * many.
     */
    public static final int SETTLING_TURNS = 100;

    private static final int DYING_MILLIS = 500;

    private final LoopAccount account;
    private @Nullable Pending pending;

    LoopLeftovers(LoopAccount account) {
        this.account = account;
    }

    LoopAccount account() {
        return account;
    }

    /** Whether nothing is left. */
    public boolean isEmpty() {
        return account.isEmpty();
    }

    /** What counts as left behind, as it was when this was first called. */
    Pending pending() {
        Pending known = pending;
        if (known == null) {
            known = Pending.of(account);
            pending = known;
        }
        return known;
    }

    /**
     * Runs what is ready. Waits only for a thread that has finished and is printing why it ended: others may hold the
     * output.
     */
    public void settle() {
        account.loop().runUntilComplete(() -> {
            for (int turn = 0; turn < SETTLING_TURNS && account.hasReady(); turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
        });
        new Patience(millis -> RealTime.pass(account.loop(), millis)).waitWhile(account::hasDying, DYING_MILLIS, 1);
    }

    /** Cancels callbacks and timers, so that none of them runs in what comes next on the loop. */
    public void cancelHandles() {
        account.cancelHandles(handle -> true);
    }

    /**
     * Closes the generators, and cancels the tasks and those that are started meanwhile. Returns the tasks that did not
     * end in time.
     */
    public List<Task<?>> cancel() {
        long end = System.nanoTime() + GRACE.toNanos(); // real time, whatever the loop's clock says
        String reason = "left behind by " + account.owner();
        account.cancelHandles(handle -> !handle.ready());
        List<Task<?>> closing = account.generators().stream()
                .<Task<?>>map(
                        generator -> account.loop().createTask("close " + generator, () -> closeQuietly(generator)))
                .toList();
        waitFor(closing, end);
        closing.forEach(task -> task.cancel(reason));
        while (true) {
            List<Task<?>> left = account.tasks();
            left.forEach(task -> task.cancel(reason));
            if (!waitFor(left, end)) {
                return left.stream().filter(task -> !task.isDone()).toList();
            }
        }
    }

    /** Runs the loop until the tasks are done or the time is over. Returns whether there was anything to wait for. */
    private boolean waitFor(List<Task<?>> tasks, long end) {
        if (tasks.isEmpty() || end - System.nanoTime() <= 0) {
            return false;
        }
        AllDone.await(account.loop(), tasks, end);
        return true;
    }

    /** Ignores what a generator's {@code finally} throws: the generator itself is reported already. */
    private static void closeQuietly(AsyncGenerator<?> generator) {
        try {
            generator.close();
        } catch (Throwable ignored) {
            // see above
        }
    }
}
