package dev.asyncloop.leak.detect;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.origin.trace.Frames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a loop ends that its owner did not close, and that another thread may run: what is on it is noted and cancelled
 * there, so that the thread comes back, and may close it. Whatever remains is stopped and closed here. The thread of
 * the account.
 */
final class LoopEnd {

    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a run may take to end once all that it waited for has. */
    private static final long RUN_MILLIS = 50;

    private static final long LONGEST_STEP_MILLIS = 10;

    private final LoopAccount account;
    private final EventLoop loop;
    private final Patience patience;

    LoopEnd(LoopAccount account, Patience patience) {
        this.account = account;
        this.loop = account.loop();
        this.patience = patience;
    }

    /** Whether the thread that made the loop is still in a method in which it was then. */
    static boolean isMakerAtWork(LoopAccount account) {
        Thread maker = account.maker();
        if (maker == null || !maker.isAlive()) {
            return false;
        }
        List<StackTraceElement> made = account.loop().snapshot().created();
        return Arrays.stream(maker.getStackTrace())
                .anyMatch(now -> !Frames.isForeign(now) && made.stream().anyMatch(then -> isSameMethod(now, then)));
    }

    private static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
        return one.getMethodName().equals(other.getMethodName())
                && one.getClassName().equals(other.getClassName());
    }

    /** What is pending on the loop; null if the thread that runs it does not say, or has closed it. */
    @Nullable
    Pending pending() {
        try {
            return loop.isRunning() ? askRunner() : Pending.of(account);
        } catch (IllegalStateException closedMeanwhile) {
            return ifClosed(closedMeanwhile);
        }
    }

    private @Nullable Pending askRunner() {
        CompletableFuture<Pending> answer = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> answer.complete(Pending.of(account)));
        patience.waitWhile(() -> !answer.isDone() && loop.isRunning(), GRACE.toMillis(), LONGEST_STEP_MILLIS);
        return answer.getNow(null);
    }

    /** Ends what is on the loop, and closes it. A loop that does not stop stays open. */
    void close() {
        try {
            if (loop.isRunning()) {
                cancelThere();
            }
            if (!account.stop(GRACE)) {
                return;
            }
            patience.waitWhile(() -> !loop.isClosed() && isMakerAtWork(account), GRACE.toMillis(), LONGEST_STEP_MILLIS);
            if (!loop.isClosed()) {
                closeHere();
            }
        } catch (IllegalStateException closedMeanwhile) {
            ifClosed(closedMeanwhile);
        }
    }

    /** Cancels the tasks on the thread that runs the loop. If it awaits one of them, its run ends by that. */
    private void cancelThere() {
        loop.callSoonThreadsafe(
                () -> account.tasks().forEach(task -> task.cancel("left behind by " + account.owner())));
        patience.waitWhile(() -> loop.isRunning() && !account.tasks().isEmpty(), GRACE.toMillis(), LONGEST_STEP_MILLIS);
        patience.waitWhile(loop::isRunning, RUN_MILLIS, LONGEST_STEP_MILLIS);
    }

    private void closeHere() {
        LoopLeftovers left = new LoopLeftovers(account);
        if (!left.isEmpty()) {
            left.cancel();
        }
        loop.close();
    }

    /** Nothing if another thread has closed the loop while we used it; any other misuse is ours. */
    private @Nullable Pending ifClosed(IllegalStateException thrown) {
        if (!loop.isClosed()) {
            throw thrown;
        }
        return null;
    }
}
