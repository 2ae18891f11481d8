package dev.asyncloop.loop;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.loop.TaskState.Phase;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.watch.LockHolder;
import dev.asyncloop.loop.watch.RunWatch;
import java.time.Duration;

/** What a task is doing. */
final class Activity {

    private Activity() {}

    /** In words. Any thread; a snapshot. */
    static String of(Task<?> task) {
        return state(task).toString();
    }

    /** Any thread; a snapshot. */
    static TaskState state(Task<?> task) {
        if (task.isDone()) {
            return TaskState.of(
                    task.isCancelled() ? Phase.CANCELLED : task.hasFailed() ? Phase.FAILED : Phase.FINISHED);
        }
        Coroutine coroutine = task.coroutine();
        Promise<?> awaited = coroutine.waitingFor();
        if (!coroutine.started()) {
            return TaskState.of(Phase.NOT_STARTED);
        }
        Duration since = since(coroutine);
        if (coroutine.core().current() == coroutine) {
            return new TaskState(Phase.RUNNING, since, "");
        }
        if (coroutine.isReady()
                && !coroutine.isInterrupted()) { // or else it will only learn that it should not wait any more
            return TaskState.of(Phase.READY);
        }
        return new TaskState(
                Phase.SUSPENDED,
                since,
                awaited == null
                        ? blockingCall(coroutine.thread()) + LockHolder.describe(coroutine)
                        : Promises.describe(awaited));
    }

    /** How long it has been there, as far as that is known: by looks at intervals, and nothing below two seconds. */
    private static Duration since(Coroutine coroutine) {
        long nanos = RunWatch.of(coroutine.core()).time() - coroutine.ranAt();
        return nanos < 2_000_000_000 ? Duration.ZERO : Duration.ofSeconds(nanos / 1_000_000_000);
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
