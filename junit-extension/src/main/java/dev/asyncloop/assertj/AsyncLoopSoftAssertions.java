package dev.asyncloop.assertj;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** AssertJ's soft assertions, and those for asyncloop's own types. */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class AsyncLoopSoftAssertions extends SoftAssertions {

    /** Begins to collect failures; {@code assertAll} throws them. */
    public AsyncLoopSoftAssertions() {}

    public EventLoopAssert assertThat(@Nullable EventLoop actual) {
        return proxy(EventLoopAssert.class, EventLoop.class, actual);
    }

    @SuppressWarnings("unchecked") // as AssertJ's own for futures
    public <T> TaskAssert<T> assertThat(@Nullable Task<T> actual) {
        return proxy(TaskAssert.class, Task.class, actual);
    }

    public LeakAssert assertThat(@Nullable Leak actual) {
        return proxy(LeakAssert.class, Leak.class, actual);
    }

    public LeakErrorAssert assertThat(@Nullable LeakError actual) {
        return proxy(LeakErrorAssert.class, LeakError.class, actual);
    }

    public LeakReportAssert assertThat(@Nullable LeakReport actual) {
        return proxy(LeakReportAssert.class, LeakReport.class, actual);
    }
}
