package dev.asyncloop.registers;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited executors of the JDK call when a job is given to them, begins and ends, what its futures call
 * when they fail or somebody looks at them, and what the edited coroutines of kotlinx call. It passes that on to
 * listeners of ours.
 *
 * <p>A template: a copy of it in package {@code java.util.concurrent} is used instead, for the same reasons as with
 * {@link DescriptorEvents}.
 */
public final class JobEvents implements Consumer<List<BiConsumer<@Nullable Object, @Nullable Object>>> {

    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toGiven;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toBegun;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toEnded;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toRefused;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toFailed;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toLooked;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toLaunched;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toDispatched;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toResumed;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toSuspended;
    private static volatile @Nullable BiConsumer<@Nullable Object, @Nullable Object> toCompleted;

    /** Called for the copy. */
    public JobEvents() {}

    /**
     * Sets the listeners: of jobs that are given, begin, end and are refused, of futures that fail and are looked at,
     * and of
     * coroutines that are launched, dispatched, resumed, suspended and completed.
     */
    @Override
    public void accept(List<BiConsumer<@Nullable Object, @Nullable Object>> listeners) {
        toGiven = listeners.get(0);
        toBegun = listeners.get(1);
        toEnded = listeners.get(2);
        toRefused = listeners.get(3);
        toFailed = listeners.get(4);
        toLooked = listeners.get(5);
        toLaunched = listeners.get(6);
        toDispatched = listeners.get(7);
        toResumed = listeners.get(8);
        toSuspended = listeners.get(9);
        toCompleted = listeners.get(10);
    }

    /** A job is given to a pool; null if the caller does not know the pool. */
    public static void given(Object job, @Nullable Object pool) {
        tell(toGiven, job, pool);
    }

    /** A worker begins a job. */
    public static void begun(Runnable job) {
        tell(toBegun, job, null);
    }

    /** A worker begins a job. */
    public static void begun(Object job, Object sameJob) {
        tell(toBegun, job, null);
    }

    /** The only job that a worker was doing has ended, perhaps by an exception. */
    public static void ended(@Nullable Throwable thrown) {
        tell(toEnded, null, thrown);
    }

    /** A job has ended, while its worker may be doing others. */
    public static void ended(Object job) {
        tell(toEnded, job, null);
    }

    /** A pool refuses the job that was given to it last. */
    public static void refused(Object job, Object pool) {
        tell(toRefused, job, pool);
    }

    /** A future is about to have an exception as its result. */
    public static void failed(Object future, Object thrown) {
        tell(toFailed, future, thrown);
    }

    /** Somebody is about to look at a future. */
    public static void looked(Object future, Object sameFuture) {
        tell(toLooked, future, null);
    }

    /** Somebody has waited for a future, or lets a stage depend on it. */
    public static void looked(Object future) {
        tell(toLooked, future, null);
    }

    /** A coroutine is about to start. */
    public static void launched(Object coroutine, Object how) {
        tell(toLaunched, coroutine, null);
    }

    /** A part of a coroutine is handed to a dispatcher, or to what counts delays. */
    public static void dispatched(Object part, Object dispatcher) {
        tell(toDispatched, part, dispatcher);
    }

    /** A thread goes on with a part of a coroutine. */
    public static void resumed(Object part, Object samePart) {
        tell(toResumed, part, null);
    }

    /** A thread has gone on with a part of a coroutine as far as it went. */
    public static void suspended(Object part) {
        tell(toSuspended, part, null);
    }

    /** A coroutine is over, and all that it had launched. */
    public static void completed(Object coroutine) {
        tell(toCompleted, coroutine, null);
    }

    private static void tell(
            @Nullable BiConsumer<@Nullable Object, @Nullable Object> listener,
            @Nullable Object thing,
            @Nullable Object other) {
        if (listener == null) {
            return;
        }
        try {
            listener.accept(thing, other);
        } catch (Throwable ours) {
            // the caller goes on as if we were not here, also when its stack or the heap is full
            return;
        }
    }
}
