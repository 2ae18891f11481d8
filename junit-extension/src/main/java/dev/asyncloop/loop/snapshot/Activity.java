package dev.asyncloop.loop.snapshot;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.snapshot.TaskState.Phase;
import dev.asyncloop.loop.watch.LockHolder;
import dev.asyncloop.loop.watch.RunWatch;
import java.time.Duration;

/** What a task is doing. */
public final class Activity {

    private Activity() {}

    /** What it is doing, in words. Any thread; a snapshot. */
    public static String of(Coroutine coroutine) {
        return state(coroutine).toString();
    }

    /** What it is doing. Any thread; a snapshot. */
    public static TaskState state(Coroutine coroutine) {
        Promise<?> outcome = coroutine.outcome();
        if (outcome.isDone()) {
            return TaskState.of(
                    outcome.isCancelled()
                            ? Phase.CANCELLED
                            : Promises.hasFailed(outcome) ? Phase.FAILED : Phase.FINISHED);
        }
        Promise<?> awaited = coroutine.waitingFor();
        if (!coroutine.started()) {
            return TaskState.of(Phase.NOT_STARTED);
        }
        Duration since = since(coroutine);
        if (coroutine.core().current() == coroutine || coroutine.core().isStray(coroutine.thread())) {
            return new TaskState(Phase.RUNNING, since, "");
        }
        if (coroutine.isReady()
                && !coroutine.isInterrupted()) { // an interrupted one only goes on to learn that it must not wait
            return TaskState.of(Phase.READY);
        }
        return new TaskState(
                Phase.SUSPENDED,
                since,
                awaited == null
                        ? blockingCall(coroutine.thread()) + LockHolder.describe(coroutine)
                        : Promises.describe(awaited));
    }

    /** How long it has been there, to the interval at which the watchdog looks; zero for less than two seconds. */
    private static Duration since(Coroutine coroutine) {
        long nanos = RunWatch.of(coroutine.core()).time() - coroutine.ranAt();
        return nanos < 2_000_000_000 ? Duration.ZERO : Duration.ofSeconds(nanos / 1_000_000_000);
    }

    /** The method of the JDK that was called and has not returned. */
    private static String blockingCall(Thread thread) {
        StackTraceElement called = BlockedThreads.call(thread);
        if (called == null) {
            return thread.getState() == Thread.State.BLOCKED ? "synchronized" : "its own code";
        }
        String type = called.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + called.getMethodName();
    }
}
