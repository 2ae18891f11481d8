package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.PurposeFuture;
import dev.asyncloop.loop.groups.ScopeMisuse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that belong together. Their parent, the task that opened the group, goes on when all of them have ended.
 *
 * <p>asyncio's {@code TaskGroup}. The first task that fails cancels the others and the parent. When all have ended, the
 * parent gets a {@link TaskGroupException} with all failures. If a task failed with an {@link Error}, that is thrown
 * without a wrapper, with the other failures as suppressed exceptions. A cancelled task is no failure. If no task
 * failed and the parent is cancelled from outside, the tasks are cancelled with it.
 *
 * <p>Use {@link #run} or {@link #call} if one method can hold it all. They see what the body throws: it cancels the
 * tasks, and is one of the failures.
 *
 * <p>A group that is {@linkplain #open opened} in one phase of a test and closed in another does not see what the body
 * throws. It keeps to Java's rules, as {@code StructuredTaskScope} does. {@link #join()} waits for the tasks and throws
 * their failures. {@link #close()} without {@code join()} cancels the tasks that are left, waits for them, and throws.
 * If the block of a {@code try} with resources throws, that exception stays the main one, and what {@code close()}
 * throws is suppressed on it. A parent that its group cancelled ends with a {@link CancelledException} whose message
 * says which task failed with what.
 *
 * <p>Loop thread only; {@code join()} and {@code close()} belong in the parent.
 */
public final class TaskGroup implements AutoCloseable {

    /** A body that uses a group and returns a result. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {

        /**
         * Runs the body.
         *
         * @throws Exception whatever the body throws
         */
        T call(TaskGroup group) throws Exception;
    }

    /** A body that uses a group and returns nothing. */
    @FunctionalInterface
    public interface VoidBody {

        /**
         * Runs the body.
         *
         * @throws Exception whatever the body throws
         */
        void run(TaskGroup group) throws Exception;
    }

    private final LoopCore core;
    private final Coroutine parent;

    /**
     * The tasks that have not ended. Changed by the loop's thread, under the lock of the set, so that other threads can
     * read it.
     */
    private final Set<Task<?>> tasks = new LinkedHashSet<>();

    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable Error fatal;
    private boolean leaving;
    private boolean aborting;
    private boolean over;

    /** What the parent awaits in {@link #join()} or at the end of its body. */
    private @Nullable PurposeFuture allDone;

    /** Whether this group asked the parent to end, and in which {@code era} of its cancellation. */
    private boolean parentCancelled;

    private int era;

    private TaskGroup() {
        Coroutine current = Here.currentCoroutine();
        if (current == null) {
            throw ScopeMisuse.noParent();
        }
        parent = current;
        core = current.core();
    }

    /**
     * Runs {@code body} with a new group, and returns when its tasks have ended too.
     *
     * @throws TaskGroupException if a task or the body failed, unless one of them threw an {@link Error}
     * @throws CancelledException if the current task was cancelled, and nothing failed
     * @throws IllegalStateException outside of a task
     */
    public static void run(VoidBody body) {
        Objects.requireNonNull(body, "body");
        TaskGroup.<@Nullable Void>call(group -> {
            body.run(group);
            return null;
        });
    }

    /** The same for a body with a result. */
    public static <T extends @Nullable Object> T call(Body<? extends T> body) {
        Objects.requireNonNull(body, "body");
        TaskGroup group = new TaskGroup();
        T result;
        try {
            result = body.call(group);
        } catch (Throwable thrown) {
            group.leave(thrown);
            throw Sneaky.rethrow(thrown); // the body joined its group itself, and threw afterwards
        }
        group.leave(null);
        return result;
    }

    /**
     * A new group whose parent is the current task, which must {@link #close()} it.
     *
     * @throws IllegalStateException outside of a task
     */
    public static TaskGroup open() {
        return new TaskGroup();
    }

    /**
     * Starts {@code body} as a task of the group. Any task of the loop may call it.
     *
     * @throws IllegalStateException if the group is over, or is being cancelled
     */
    public <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
        return add(null, body);
    }

    /** The same for a body without a result. */
    public Task<@Nullable Void> createTask(ThrowingRunnable body) {
        return add(null, CoroutineBody.of(body));
    }

    /** The same with a name, for messages and as the name of its thread. */
    public <T extends @Nullable Object> Task<T> createTask(String name, Callable<? extends T> body) {
        return add(Objects.requireNonNull(name, "name"), body);
    }

    /** The same with a name for a body without a result. */
    public Task<@Nullable Void> createTask(String name, ThrowingRunnable body) {
        return add(Objects.requireNonNull(name, "name"), CoroutineBody.of(body));
    }

    private <T extends @Nullable Object> Task<T> add(@Nullable String name, Callable<? extends T> body) {
        if (leaving && tasks.isEmpty()) {
            throw ScopeMisuse.finished(this);
        }
        if (aborting) {
            throw ScopeMisuse.shuttingDown(this);
        }
        Task<T> task = (Task<T>) core.host().<T>createTask(name, false, body);
        synchronized (tasks) {
            tasks.add(task);
        }
        task.addDoneCallback(done -> taskDone(task));
        return task;
    }

    /** Cancels the tasks that are not done. Nobody can start another one; the body goes on. */
    public void cancel() {
        abort("TaskGroup was cancelled");
    }

    private void abort(@Nullable String reason) {
        aborting = true;
        tasks.forEach(task -> task.cancel(reason));
    }

    private void taskDone(Task<?> task) {
        synchronized (tasks) {
            tasks.remove(task);
        }
        if (allDone != null && tasks.isEmpty()) {
            allDone.release();
        }
        Throwable failure = task.isCancelled() ? null : Promises.failure(task);
        if (failure == null) {
            return;
        }
        failures.add(failure);
        if (failure instanceof Error error && fatal == null) {
            fatal = error;
        }
        if (parent.isDone()) {
            core.host().report(ScopeMisuse.parentIsDone(task, parent), failure, task);
        }
        if (!aborting) {
            String reason = ScopeMisuse.failedTask(task, failure);
            abort(reason);
            if (!parent.isDone()) {
                era = parent.cancellation().request(reason);
                parentCancelled = true;
            }
        }
    }

    /**
     * Waits until all tasks of the group have ended, with those that are added meanwhile. Afterwards the group is over.
     *
     * @throws TaskGroupException if tasks failed, unless with an {@link Error}
     * @throws CancelledException if the current task was cancelled, and no task failed
     * @throws IllegalStateException in another task than the one that opened it
     */
    public void join() {
        ensureInParent();
        leave(null);
    }

    /**
     * Ends the group: cancels the tasks that are left and waits until they have ended. Does nothing after
     * {@link #join()}.
     *
     * @throws TaskGroupException if tasks failed, unless with an {@link Error}
     * @throws CancelledException if the current task was cancelled, and no task failed
     * @throws IllegalStateException if nothing failed and a task had to be cancelled, unless by {@link #cancel()}; or
     *     in another task than the one that opened it
     */
    @Override
    public void close() {
        ensureInParent();
        List<Task<?>> cutOff = aborting
                ? List.of()
                : tasks.stream().filter(task -> !task.isDone()).toList();
        if (!cutOff.isEmpty()) {
            abort("TaskGroup was closed");
        }
        leave(null);
        if (!cutOff.isEmpty()) {
            throw ScopeMisuse.notJoined(cutOff);
        }
    }

    private void ensureInParent() {
        if (Here.currentCoroutine() != parent) {
            throw ScopeMisuse.otherTask(this, parent);
        }
    }

    /** asyncio's {@code __aexit__}, called with what the body threw. Returns if there is nothing else to throw. */
    private void leave(@Nullable Throwable thrown) {
        if (over) {
            return;
        }
        leaving = true;
        Throwable cancellation = isCancellation(thrown) ? thrown : null;
        if (thrown != null && !aborting) {
            abort("the body of its TaskGroup ended: " + thrown);
        }
        Throwable meanwhile = awaitAll();
        over = true;
        if (thrown != null && cancellation == null) {
            failures.add(thrown);
            fatal = fatal == null && thrown instanceof Error error ? error : fatal;
        }
        if (parentCancelled) {
            parent.cancellation().withdraw(era);
        }
        if (failures.isEmpty()) {
            cancellation = cancellation == null ? meanwhile : cancellation;
            if (cancellation != null) {
                throw Sneaky.rethrow(cancellation);
            }
        } else {
            if (parent.cancelling() > 0) { // somebody else cancelled it: the next await tells
                parent.uncancel();
                parent.cancel(parent.cancelMessage());
            }
            throw failure();
        }
    }

    private static boolean isCancellation(@Nullable Throwable thrown) {
        return thrown != null && (thrown instanceof CancellationException || CoroutineBody.isInterruption(thrown));
    }

    /** Waits for the tasks. Returns what the parent was cancelled with meanwhile, if no task had failed before. */
    private @Nullable Throwable awaitAll() {
        Throwable cancelled = null;
        while (!tasks.isEmpty()) {
            PurposeFuture end = new PurposeFuture(core, this::purpose, this::snapshot);
            allDone = end;
            try {
                end.await();
            } catch (CancelledException requested) {
                if (failures.isEmpty()) {
                    cancelled = requested;
                }
                if (!aborting) {
                    abort(requested.getMessage());
                }
            }
        }
        return cancelled;
    }

    private String purpose() {
        return "end of a TaskGroup with " + snapshot().size() + " tasks";
    }

    private List<Task<?>> snapshot() {
        synchronized (tasks) {
            return List.copyOf(tasks);
        }
    }

    private RuntimeException failure() {
        Error first = fatal;
        if (first == null) {
            return new TaskGroupException(failures);
        }
        failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
        throw first;
    }

    @Override
    public String toString() {
        return "<TaskGroup" + (tasks.isEmpty() ? "" : " tasks=" + tasks.size())
                + (failures.isEmpty() ? "" : " errors=" + failures.size())
                + (aborting ? " cancelling" : " entered") + ">";
    }
}
