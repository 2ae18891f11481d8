package dev.asyncloop.loop.core;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the satellites of the core the protected methods of {@link Promise}. Any thread, where that class does not say
 * otherwise.
 */
public final class Promises {

    private Promises() {}

    /** The loop that it belongs to. */
    public static LoopCore coreOf(Promise<?> promise) {
        return promise.core();
    }

    /** The result of a future that is done; throws what it failed with. */
    public static <T extends @Nullable Object> T outcome(Promise<T> done) {
        return done.outcome();
    }

    /** The exception that a future which is done failed with; null if it has a result. */
    public static @Nullable Throwable failure(Promise<?> done) {
        return done.failure();
    }

    /** Whether it failed or was cancelled. Does not count as a look at the outcome. */
    public static boolean hasFailed(Promise<?> promise) {
        return promise.hasFailed();
    }

    /** Fails it with what a body threw. */
    public static void fail(Promise<?> promise, Throwable thrown) {
        promise.fail(thrown);
    }

    /** Calls {@code callback} in a later turn of the loop, once it is done; removed by {@link #remove}. */
    public static <T extends @Nullable Object> void whenDone(
            Promise<T> promise, Consumer<? super Promise<T>> callback) {
        promise.callWhenDone(callback, false);
    }

    /** The same for a callback that does not look at the outcome. */
    public static <T extends @Nullable Object> void whenDoneBlindly(
            Promise<T> promise, Consumer<? super Promise<T>> callback) {
        promise.callWhenDone(callback, true);
    }

    /** Removes every registration of {@code callback} that is not due yet. */
    public static void remove(Promise<?> promise, Consumer<?> callback) {
        promise.removeCallback(callback);
    }

    /** Whether a task, a callback or another stage waits for it; what it says may be over already. */
    public static boolean isWaitedFor(Promise<?> promise) {
        return promise.isWaitedFor();
    }

    /** The futures that have to end before it can; null if anybody may complete it. */
    public static @Nullable Collection<? extends Promise<?>> needs(Promise<?> promise) {
        return promise.needs();
    }

    /** What outside of the loop has to end for it to end: itself, or what it stands for on the loop. */
    public static Object source(Promise<?> promise) {
        return promise.source();
    }

    /** Whether it cannot end before {@code coroutine} has. */
    public static boolean awaits(Promise<?> promise, Coroutine coroutine) {
        return promise.awaits(coroutine);
    }

    /** The coroutine whose outcome it is; null if it is no outcome. */
    public static @Nullable Coroutine coroutineOf(@Nullable Promise<?> promise) {
        return promise == null ? null : promise.coroutine();
    }

    /** The coroutine that has to go on for it to end; null for other futures. */
    public static @Nullable Coroutine bodyOf(Promise<?> promise) {
        return promise.body();
    }

    /** What messages call it. */
    public static String label(Promise<?> promise) {
        return promise.label();
    }

    /** In words, what a task that awaits it is suspended in. */
    public static String describe(Promise<?> promise) {
        return promise.describe();
    }
}
