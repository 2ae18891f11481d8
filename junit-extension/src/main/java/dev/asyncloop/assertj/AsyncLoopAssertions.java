package dev.asyncloop.assertj;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.leak.growth.Growth;
import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.ThrowingRunnable;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.jspecify.annotations.Nullable;

/**
 * Assertions for asyncloop's own types, in AssertJ's manner. The static methods can be imported beside those of
 * AssertJ's {@code Assertions}, and the constants are for {@code asInstanceOf}. Soft assertions are in
 * {@link AsyncLoopSoftAssertions}.
 */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public final class AsyncLoopAssertions {

    /** For an {@link EventLoop}. */
    public static final InstanceOfAssertFactory<EventLoop, EventLoopAssert> EVENT_LOOP =
            new InstanceOfAssertFactory<>(EventLoop.class, EventLoopAssert::new);

    /** For a {@link Task}, of whatever result. */
    @SuppressWarnings("rawtypes") // a class literal has no other
    public static final InstanceOfAssertFactory<Task, TaskAssert<Object>> TASK = task(Object.class);

    /** For a {@link LeakError}. */
    public static final InstanceOfAssertFactory<LeakError, LeakErrorAssert> LEAK_ERROR =
            new InstanceOfAssertFactory<>(LeakError.class, LeakErrorAssert::new);

    private AsyncLoopAssertions() {}

    /** For a {@link Task} with a result of that type. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // as AssertJ's own for futures
    public static <T> InstanceOfAssertFactory<Task, TaskAssert<T>> task(Class<T> result) {
        return new InstanceOfAssertFactory<>(Task.class, task -> new TaskAssert<>((Task<T>) task));
    }

    public static EventLoopAssert assertThat(@Nullable EventLoop actual) {
        return new EventLoopAssert(actual);
    }

    public static <T> TaskAssert<T> assertThat(@Nullable Task<T> actual) {
        return new TaskAssert<>(actual);
    }

    public static <T> LoopFutureAssert<T> assertThat(@Nullable LoopFuture<T> actual) {
        return new LoopFutureAssert<>(actual);
    }

    public static <T> AsyncGeneratorAssert<T> assertThat(@Nullable AsyncGenerator<T> actual) {
        return new AsyncGeneratorAssert<>(actual);
    }

    public static LeakAssert assertThat(@Nullable Leak actual) {
        return new LeakAssert(actual);
    }

    public static LeakErrorAssert assertThat(@Nullable LeakError actual) {
        return new LeakErrorAssert(actual);
    }

    public static LeakReportAssert assertThat(@Nullable LeakReport actual) {
        return new LeakReportAssert(actual);
    }

    /**
     * Runs {@code body} on an event loop of its own, and begins an assertion about what it left behind, whatever the
     * kind and its mode. Throws what the body throws. Any thread that runs no loop.
     *
     * @see Leaks#find
     */
    public static LeaksAssert assertThatLeaksOf(ThrowingRunnable body) {
        return new LeaksAssert(Leaks.find("the code", body)).as("what the code left behind");
    }

    /** Begins an assertion about leaks that were found before. */
    public static LeaksAssert assertThatLeaks(@Nullable List<Leak> actual) {
        return new LeaksAssert(actual);
    }

    /** Begins an assertion about the number of open file descriptors of the process. */
    public static FlatnessAssert assertThatDescriptors() {
        return new FlatnessAssert("open file descriptors", Growth::ofDescriptors);
    }

    /** Begins an assertion about the number of live platform threads. */
    public static FlatnessAssert assertThatThreads() {
        return new FlatnessAssert("live platform threads", Growth::ofThreads);
    }

    /** Begins an assertion about the number of pending tasks of the running loop. */
    public static FlatnessAssert assertThatTasks() {
        return new FlatnessAssert("pending tasks", Growth::ofTasks);
    }
}
