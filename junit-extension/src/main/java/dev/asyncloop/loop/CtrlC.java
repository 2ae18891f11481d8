package dev.asyncloop.loop;

import dev.asyncloop.jdk.Signals;
import dev.asyncloop.jdk.Sneaky;
import org.jspecify.annotations.Nullable;

/**
 * A run whose main task the first Ctrl-C cancels. The second Ctrl-C ends the JVM as usual.
 *
 * <p>As asyncio's {@code Runner} does. If signals cannot be caught, or the program catches this one itself, it is a
 * plain run.
 */
final class CtrlC {

    private final Task<?> main;
    private final Signals.Subscription subscription;

    /** Whether Ctrl-C cancelled the task, and nobody had before. Written by the thread of the signal. */
    private volatile boolean cancelled;

    private CtrlC(Task<?> main) {
        this.main = main;
        this.subscription = Signals.subscribeUnclaimed("INT", this::pressed);
    }

    /**
     * Like {@link EventLoop#runUntilComplete}, but throws an {@link InterruptedException} if Ctrl-C has cancelled
     * {@code main}. Any other end of the task comes out as it is.
     */
    static <T extends @Nullable Object> T runUntilComplete(EventLoop loop, Task<T> main) {
        CtrlC ctrlC = new CtrlC(main);
        try {
            return loop.runUntilComplete(main);
        } catch (CancelledException ended) {
            throw ctrlC.cancelled && main.isCancelled() ? Sneaky.rethrow(interrupted(ended)) : ended;
        } finally {
            ctrlC.subscription.close();
        }
    }

    private static InterruptedException interrupted(CancelledException cause) {
        InterruptedException interrupted = new InterruptedException("interrupted by Ctrl-C");
        interrupted.initCause(cause);
        return interrupted;
    }

    /** Ctrl-C was pressed. On the thread of the signal. */
    private void pressed() {
        subscription.close();
        cancelled = main.cancelling() == 0; // before the task can end of it
        main.cancel("interrupted by Ctrl-C");
    }
}
