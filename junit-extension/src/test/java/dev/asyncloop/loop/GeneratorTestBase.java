package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;

/** What each test of generators has: a loop, generators that count, and a list of what their bodies did. */
abstract class GeneratorTestBase {

    @AutoClose
    final EventLoop loop = EventLoop.create();

    /** What the bodies of {@link #counting} note, and whatever the test adds. */
    final List<String> events = new ArrayList<>();

    /** Emits 1 to {@code count}. */
    final AsyncGenerator<Integer> counting(int count) {
        return AsyncGenerator.of(new CountingBody(count, events));
    }

    /** No generator is under way, and no task but the current one. */
    final void assertNothingRegistered() {
        assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
        assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
    }
}
