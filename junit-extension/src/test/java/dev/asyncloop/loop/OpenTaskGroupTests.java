package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.origin.Owner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A task group that is opened in one place and closed in another. */
@org.junit.jupiter.api.Timeout(30)
class OpenTaskGroupTests {

    private static final Duration HOUR = Duration.ofHours(1);

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final MainTask main = MainTasks.of(loop, "the test", Owner.named("test"));
    private final List<String> events = new ArrayList<>();
    private final IOException failure = new IOException("of a task");

    private static void oneTurn() {
        Asyncio.sleep(Duration.ZERO);
    }

    private void cleanUp() {
        try {
            Asyncio.sleep(HOUR);
        } finally {
            events.add("cleaned up");
        }
    }

    private void fail() throws IOException {
        throw failure;
    }

    private void assertNothingIsLeft() {
        assertThat(Asyncio.currentTask().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        oneTurn();
        assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
    }

    @Test
    void join_waits_for_the_tasks() {
        loop.runUntilComplete(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                group.createTask(() -> {
                    Asyncio.sleep(Duration.ofMillis(1));
                    events.add("ended");
                });
                group.join();
                assertThat(events).containsExactly("ended");
                assertThatIllegalStateException()
                        .isThrownBy(() -> group.createTask(this::cleanUp))
                        .withMessage("TaskGroup <TaskGroup entered> is finished");
                group.join();
            }
            assertNothingIsLeft();
        });
    }

    @Test
    void join_throws_their_failures_and_close_does_not_again() {
        loop.runUntilComplete(() -> {
            Throwable thrown = catchThrowable(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(this::fail);
                    group.join();
                }
            });
            assertThat(thrown).isInstanceOf(TaskGroupException.class).hasCause(failure);
            assertThat(thrown).hasNoSuppressedExceptions();
            assertNothingIsLeft();
        });
    }

    @Test
    void close_alone_cancels_what_is_left_and_complains() {
        loop.runUntilComplete(() -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> {
                        try (TaskGroup group = TaskGroup.open()) {
                            group.createTask("first", this::cleanUp);
                            group.createTask("second", this::cleanUp);
                            oneTurn();
                        }
                    })
                    .withMessage(
                            "TaskGroup was closed with unfinished tasks, which were cancelled: task \"first\", task"
                                    + " \"second\"; call join() to wait for them, or cancel() before");
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("cleaned up", "cleaned up");
    }

    @Test
    void close_is_silent_where_all_have_ended_or_the_group_was_cancelled() {
        loop.runUntilComplete(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                group.createTask(() -> events.add("ended")).await();
            }
            try (TaskGroup group = TaskGroup.open()) {
                group.createTask(this::cleanUp);
                oneTurn();
                group.cancel();
            }
            TaskGroup twice = TaskGroup.open();
            twice.close();
            twice.close();
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("ended", "cleaned up");
    }

    @Test
    void what_the_block_throws_stays_what_it_is() {
        AssertionError error = new AssertionError("of the block");
        loop.runUntilComplete(() -> {
            assertThat(catchThrowable(() -> {
                        try (TaskGroup group = TaskGroup.open()) {
                            group.createTask(this::cleanUp);
                            oneTurn();
                            throw error;
                        }
                    }))
                    .isSameAs(error);
            assertThat(error.getSuppressed()).hasOnlyElementsOfType(IllegalStateException.class);
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void a_failing_task_cancels_the_block_with_a_message_that_says_so() {
        loop.runUntilComplete(() -> {
            Throwable thrown = catchThrowable(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask("fails", this::fail);
                    Asyncio.sleep(HOUR);
                }
            });
            assertThat(thrown)
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("task \"fails\" of its TaskGroup failed: java.io.IOException: of a task");
            assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(TaskGroupException.class);
            assertNothingIsLeft();
        });
    }

    @Test
    void another_task_can_neither_join_nor_close_it() {
        loop.runUntilComplete(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                for (ThrowingRunnable wrong : List.<ThrowingRunnable>of(group::join, group::close)) {
                    Task<?> other = loop.createTask(wrong);
                    assertThat(catchThrowable(other::await))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageMatching("<TaskGroup entered> belongs to task \"task-\\d+\"; only the task that"
                                    + " opened it can wait for it or close it");
                }
            }
        });
    }

    @Test
    void a_group_whose_parent_ended_reports_a_failure_and_cancels_its_other_tasks() {
        List<ExceptionContext> reports = new ArrayList<>();
        loop.setExceptionHandler((where, context) -> reports.add(context));
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            Task<Task<?>> parent = loop.createTask("parent", () -> {
                TaskGroup group = TaskGroup.open();
                group.createTask("fails", () -> {
                    end.await();
                    fail();
                });
                return group.createTask(this::cleanUp);
            });
            Task<?> sibling = parent.await();
            end.complete("now");
            assertThat(catchThrowable(sibling::await)).isInstanceOf(CancelledException.class);
            assertThat(parent.cancelling()).isZero();
        });
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).exception()).isSameAs(failure);
        assertThat(reports.get(0).message())
                .matches("Task <task \"fails\", failed.*> has errored out but its parent task <task \"parent\","
                        + " finished.*> is already completed");
    }

    @Test
    void it_spans_the_phases_of_a_test() {
        TaskGroup group = main.run(TaskGroup::open);
        main.run(() -> {
            group.createTask("server", this::cleanUp);
            oneTurn();
            return null;
        });
        assertThat(events).isEmpty();
        main.run(() -> {
            group.cancel();
            group.close();
            return null;
        });
        assertThat(events).containsExactly("cleaned up");
        main.finish();
    }

    @Test
    void a_failure_in_one_phase_cancels_it_and_is_thrown_in_the_last() {
        TaskGroup group = main.run(TaskGroup::open);
        assertThat(catchThrowable(() -> main.run(() -> {
                    group.createTask("fails", this::fail);
                    Asyncio.sleep(HOUR);
                    return null;
                })))
                .isInstanceOf(CancelledException.class)
                .hasMessage("task \"fails\" of its TaskGroup failed: java.io.IOException: of a task");
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> main.run(() -> {
                    oneTurn(); // the tear-down is not cancelled
                    group.close();
                    return null;
                }))
                .withCause(failure);
        main.run(() -> {
            assertNothingIsLeft();
            return null;
        });
        main.finish();
    }

    @Test
    void a_failure_between_two_phases_cancels_the_second() {
        TaskGroup group = main.run(TaskGroup::open);
        Task<?> failing = main.run(() -> group.createTask("fails", () -> {
            oneTurn();
            fail();
        }));
        loop.runUntilComplete(() -> {
            assertThat(catchThrowable(failing::await)).isSameAs(failure);
            oneTurn();
        });
        assertThat(catchThrowable(() -> main.run(() -> {
                    events.add("called");
                    Asyncio.sleep(HOUR);
                    return events.add("never");
                })))
                .hasMessage("task \"fails\" of its TaskGroup failed: java.io.IOException: of a task");
        assertThat(events).containsExactly("called");
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> main.run(() -> {
                    group.close();
                    return null;
                }));
        main.finish();
    }

    @Test
    void a_request_of_the_last_phase_is_not_taken_for_the_groups_own() {
        TaskGroup group = main.run(TaskGroup::open);
        assertThat(catchThrowable(() -> main.run(() -> {
                    group.createTask("fails", this::fail);
                    Asyncio.sleep(HOUR);
                    return null;
                })))
                .isInstanceOf(CancelledException.class);
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> main.run(() -> {
                    Asyncio.currentTask().cancel("of this phase");
                    assertThat(catchThrowable(() -> Asyncio.sleep(HOUR))).hasMessage("of this phase");
                    try {
                        group.close();
                    } finally {
                        assertThat(Asyncio.currentTask().cancelling()).isEqualTo(1);
                        Asyncio.currentTask().uncancel();
                    }
                    return null;
                }));
        main.finish();
    }
}
