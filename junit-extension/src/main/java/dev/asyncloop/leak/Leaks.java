package dev.asyncloop.leak;

import dev.asyncloop.leak.account.Ledger;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The search for leaks without JUnit: for TestNG, Spock or a {@code main}.
 *
 * <p>{@code find} and {@code verifyNone} run a body on an event loop of its own, as the extension runs a test, and then
 * look for what the body, its tasks and its threads left behind. Any thread that runs no loop may call them.
 */
public final class Leaks {

    private Leaks() {}

    /**
     * Runs {@code body} and returns all leaks, whatever their kinds. Throws what the body throws.
     *
     * @param name the name of the body in messages
     */
    public static List<Leak> find(String name, ThrowingRunnable body) {
        return run(name, LeakPolicy.defaults().withAll(LeakMode.FAIL), body)
                .failure()
                .map(LeakError::leaks)
                .orElse(List.of());
    }

    /**
     * Runs {@code body}, and throws a {@link LeakError} for the leaks that fail by {@code policy}. Leaks that are only
     * worth a warning are logged. If the body throws, that is thrown, with the {@code LeakError} suppressed in it.
     *
     * @param name the name of the body in messages
     */
    public static void verifyNone(String name, LeakPolicy policy, ThrowingRunnable body) {
        LeakReport report = run(name, policy, body);
        report.warning().ifPresent(warning -> Log.log(Level.WARNING, warning));
        report.failure().ifPresent(leaks -> {
            throw leaks;
        });
    }

    /**
     * Runs {@code body} and verifies it by the {@linkplain LeakPolicy#defaults default} modes.
     *
     * @param name the name of the body in messages
     */
    public static void verifyNone(String name, ThrowingRunnable body) {
        verifyNone(name, LeakPolicy.defaults(), body);
    }

    /**
     * Calls {@code giver}, and returns what it returns. Jobs that it gives to executors on the current thread are
     * background jobs: they may go on when the test is over, as a task of {@link EventLoop#createBackgroundTask} may,
     * and so may jobs that they give. What they open or start is still the test's. Any thread.
     *
     * @throws Exception what {@code giver} throws
     */
    public static <T extends @Nullable Object> T background(Callable<T> giver) throws Exception {
        return JobOrigins.giveBackground(giver);
    }

    /**
     * The owner that the current thread works for: the owner of the running task or callback, or of the job that an
     * executor of an event loop has given to the thread. Null on any other thread, and for what a class initialiser
     * started. Any thread.
     *
     * <p>For a {@link LeakDetector} that notes who creates something.
     */
    public static @Nullable Owner currentOwner() {
        return CurrentOwner.get();
    }

    private static LeakReport run(String name, LeakPolicy policy, ThrowingRunnable body) {
        Owner owner = Owner.named(name);
        Ledger ledger = Ledger.open(owner, null, Judge.by(policy));
        try (EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(owner))) {
            try {
                loop.runUntilComplete(body);
            } catch (Throwable thrown) {
                ledger.failedWith(thrown);
                ledger.close(loop).failure().ifPresent(thrown::addSuppressed);
                throw thrown;
            }
            return ledger.close(loop);
        }
    }
}
