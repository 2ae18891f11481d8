package dev.asyncloop.loop.watch;

import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.loop.core.Host;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.RunListener;
import dev.asyncloop.text.Words;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says that a run is to end since it would not end by itself, with what the loop was doing at that moment. */
final class StuckVerdict implements RunListener.Verdict {

    private final Host host;
    private final String reason;
    private final String dump;
    private final StackTraceElement[] where;
    private final RuntimeException exception;

    private StuckVerdict(Host host, String reason, String ending, String dump, StackTraceElement[] where) {
        this.host = host;
        this.reason = reason;
        this.dump = dump;
        this.where = where;
        this.exception = host.stuck(reason, ending, dump, where);
    }

    private static StuckVerdict of(LoopCore core, String reason, Promise<?> awaited) {
        Coroutine body = Promises.bodyOf(awaited);
        return new StuckVerdict(
                core.host(),
                reason,
                "",
                core.host().dump(),
                body == null ? new StackTraceElement[0] : body.stackTrace().toArray(StackTraceElement[]::new));
    }

    static StuckVerdict overTimeout(Duration timeout, LoopCore core, Promise<?> awaited) {
        return of(
                core,
                "The event loop was not done within its timeout of " + Words.of(timeout)
                        + ", which LoopOptions.timeout sets, and under JUnit the configuration parameter"
                        + " asyncloop.timeout",
                awaited);
    }

    /** {@code circle} says who waits for whom. */
    static StuckVerdict never(String circle, LoopCore core, Promise<?> awaited) {
        return of(core, "The event loop can never go on: " + circle, awaited);
    }

    /** The same, after cancelling the body did not help. */
    StuckVerdict givenUp() {
        String ending = "; the body was cancelled, did not end within " + Words.of(Driver.GRACE) + " and was given up";
        return new StuckVerdict(host, reason, ending, dump, where);
    }

    @Override
    public RuntimeException exception() {
        return exception;
    }

    /**
     * The exception of this verdict. What came later is suppressed on it, unless that says only that the body was told
     * to end.
     */
    @Override
    public RuntimeException overruling(@Nullable Throwable later) {
        if (later != null && later.getClass() == exception.getClass()) {
            return (RuntimeException) later; // the body was given up
        }
        if (later != null && !(later instanceof CancelledException || later instanceof InterruptedException)) {
            exception.addSuppressed(later);
        }
        return exception;
    }
}
