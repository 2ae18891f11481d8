package com.example;

import static dev.asyncloop.assertj.AsyncLoopAssertions.TASK;
import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThat;
import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThatLeaksOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.assertj.AsyncLoopSoftAssertions;
import dev.asyncloop.jupiter.AsyncTest;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AssertJTests {

    @AsyncTest
    void a_task_has_assertions_of_its_own_and_those_of_a_future(EventLoop loop) {
        Object task = loop.createTask("three", () -> 3);
        assertThat(task).asInstanceOf(TASK).hasName("three").isNotDone();
        assertThat(loop.createTask(() -> 3))
                .succeedsWithin(Duration.ofSeconds(1))
                .isEqualTo(3);
    }

    @Test
    void leaks_are_found_and_navigated() {
        assertThatLeaksOf(() -> EventLoop.running().createTask("sleeper", () -> Asyncio.sleep(Duration.ofMinutes(5))))
                .haveExactlyTheKinds(LeakKind.PENDING_TASK)
                .singleElement()
                .isDescribedBy("\"sleeper\"");
    }

    @AsyncTest
    void what_fails_says_why(EventLoop loop) {
        assertThatThrownBy(() -> assertThat(loop).isNotRunning())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not to be running");
    }

    @AsyncTest
    void soft_assertions_go_on(EventLoop loop) {
        AsyncLoopSoftAssertions softly = new AsyncLoopSoftAssertions();
        softly.assertThat(loop).isRunning();
        softly.assertThat(loop).isNotRunning();
        assertThat(softly.errorsCollected()).hasSize(1);
    }
}
