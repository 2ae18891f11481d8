package dev.asyncloop.loop;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.watch.LockHolder;
import dev.asyncloop.loop.watch.Watchdog;
import dev.asyncloop.text.Words;
import java.time.Duration;

/** What a task is doing, in words. */
final class Activity {

    private Activity() {}

    /** Any thread; a snapshot. */
    static String of(Task<?> task) {
        if (task.isDone()) {
            return task.isCancelled() ? "cancelled" : task.hasFailed() ? "failed" : "finished";
        }
        Coroutine coroutine = task.coroutine();
        Promise<?> awaited = coroutine.waitingFor();
        if (!coroutine.started()) {
            return "not started";
        }
        String since = since(coroutine.ranAt());
        if (coroutine.core().current() == coroutine) {
            return "running" + since;
        }
        if (coroutine.isReady()
                && !coroutine.isInterrupted()) { // or else it will only learn that it should not wait any more
            return "ready to run";
        }
        return "suspended" + since + " in "
                + (awaited == null
                        ? blockingCall(coroutine.thread()) + LockHolder.describe(coroutine)
                        : Promises.describe(awaited));
    }

    /** How long it has been there, as far as that is known: by looks at intervals, and nothing below two seconds. */
    private static String since(long time) {
        long nanos = Watchdog.time() - time;
        return nanos < 2_000_000_000 ? "" : " for " + Words.of(Duration.ofSeconds(nanos / 1_000_000_000));
    }

    /** The JDK's method that was called and that does not return. */
    private static String blockingCall(Thread thread) {
        StackTraceElement called = BlockedThreads.call(thread);
        if (called == null) {
            return thread.getState() == Thread.State.BLOCKED ? "synchronized" : "its own code";
        }
        String type = called.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + called.getMethodName();
    }
}
