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
 * Assertions of asyncloop's own types, in the manner of AssertJ: its static methods stand beside those of AssertJ's
 * {@code Assertions}, and the constants are for {@code asInstanceOf}. For soft assertions there is {@link AsyncLoopSoftAssertions}.
 */
@SuppressWarnings("exports") // who uses it has AssertJ
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

    /** For a {@link Task} with such a result. */
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
     * Runs {@code body} on an event loop of its own and asserts what it left behind, of whatever kind and mode. Any thread that runs no
     * loop. Throws what the body throws.
     *
     * @see Leaks#find
     */
    public static LeaksAssert assertThatLeaksOf(ThrowingRunnable body) {
        return new LeaksAssert(Leaks.find("the code", body)).as("what the code left behind");
    }

    /** Asserts findings that were made before. */
    public static LeaksAssert assertThatLeaks(@Nullable List<Leak> actual) {
        return new LeaksAssert(actual);
    }

    /** Asserts how many descriptors of the process are open. */
    public static FlatnessAssert assertThatDescriptors() {
        return new FlatnessAssert("open file descriptors", Growth::ofDescriptors);
    }

    /** Asserts how many platform threads live. */
    public static FlatnessAssert assertThatThreads() {
        return new FlatnessAssert("live platform threads", Growth::ofThreads);
    }

    /** Asserts how many tasks of the running loop are not done. */
    public static FlatnessAssert assertThatTasks() {
        return new FlatnessAssert("pending tasks", Growth::ofTasks);
    }
}
