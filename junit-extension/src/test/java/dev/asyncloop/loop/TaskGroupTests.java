package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** asyncio's rules for {@code TaskGroup}, where one method holds it all. */
@org.junit.jupiter.api.Timeout(60)
class TaskGroupTests {

    private static final Duration HOUR = Duration.ofHours(1);

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();
    private final IOException failure = new IOException("of a task");
    private final IOException another = new IOException("of another task");

    private static void oneTurn() {
        Asyncio.sleep(Duration.ZERO);
    }

    private static void sleepForAnHour() {
        Asyncio.sleep(HOUR);
    }

    private void cleanUpSlowly() {
        try {
            sleepForAnHour();
        } finally {
            Asyncio.sleep(Duration.ofMillis(1));
            events.add("cleaned up");
        }
    }

    private static void sleepAndFailWith(IOException failure) throws IOException {
        try {
            sleepForAnHour();
        } catch (CancelledException cancelled) {
            throw failure;
        }
    }

    private static <T> T failWith(Exception failure) throws Exception {
        throw failure;
    }

    private void assertNothingIsLeft() {
        assertThat(Asyncio.currentTask().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        oneTurn();
        assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
    }

    private static TaskGroupException failed(ThrowingCallable group) {
        TaskGroupException thrown = catchThrowableOfType(TaskGroupException.class, group);
        assertThat(thrown).as("the group's exception").isNotNull();
        return thrown;
    }

    @Test
    void it_waits_for_all_its_tasks() {
        loop.runUntilComplete(() -> {
            Task<String> late = TaskGroup.call(group -> {
                group.createTask(() -> Asyncio.sleep(Duration.ofMillis(1)));
                group.createTask("named", () -> events.add("second"));
                group.createTask("named, without a result", () -> {
                    events.add("third");
                });
                return group.createTask(() -> {
                    Asyncio.sleep(Duration.ofMillis(2));
                    return "late";
                });
            });
            assertThat(late).isDone();
            assertThat(late.await()).isEqualTo("late");
            TaskGroup.run(group -> events.add("an empty one"));
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("second", "third", "an empty one");
    }

    @Test
    void tasks_that_its_tasks_add_are_waited_for() {
        loop.runUntilComplete(() -> {
            TaskGroup.run(group -> group.createTask(() -> {
                oneTurn(); // the body has ended
                group.createTask(() -> {
                    oneTurn();
                    group.createTask(() -> events.add("grandchild"));
                });
            }));
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("grandchild");
    }

    @Test
    void the_first_failure_cancels_the_other_tasks() {
        loop.runUntilComplete(() -> {
            TaskGroupException thrown = failed(() -> TaskGroup.run(group -> {
                group.createTask(this::cleanUpSlowly);
                group.createTask(() -> failWith(failure));
            }));
            assertThat(thrown)
                    .hasMessage("unhandled errors in a TaskGroup (1 sub-exception)")
                    .hasCause(failure);
            assertThat(thrown.failures()).containsExactly(failure);
            assertThat(thrown).hasNoSuppressedExceptions();
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void it_cancels_the_body_too_and_takes_that_back() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> awaited = loop.createFuture();
            TaskGroupException thrown = failed(() -> TaskGroup.run(group -> {
                group.createTask("fails", () -> failWith(failure));
                Throwable cancelled = catchThrowable(awaited::await);
                assertThat(cancelled)
                        .isInstanceOf(CancelledException.class)
                        .hasMessage("task \"fails\" of its TaskGroup failed: java.io.IOException: of a task");
                throw (CancelledException) cancelled;
            }));
            assertThat(thrown.failures()).containsExactly(failure);
            assertThat(awaited).isCancelled();
            assertNothingIsLeft();
        });
    }

    @Test
    @Tag("scheduler")
    void also_a_body_in_a_blocking_call() {
        loop.runUntilComplete(() -> {
            TaskGroupException thrown = failed(() -> TaskGroup.run(group -> {
                group.createTask(() -> failWith(failure));
                Thread.sleep(HOUR);
            }));
            assertThat(thrown.failures()).containsExactly(failure);
            assertNothingIsLeft();
        });
    }

    @Test
    void all_failures_are_gathered_in_their_order() {
        loop.runUntilComplete(() -> {
            IOException ofTheBody = new IOException("of the body");
            TaskGroupException thrown = failed(() -> TaskGroup.run(group -> {
                group.createTask(() -> sleepAndFailWith(another));
                group.createTask(() -> failWith(failure));
                sleepAndFailWith(ofTheBody);
            }));
            assertThat(thrown)
                    .hasMessage("unhandled errors in a TaskGroup (3 sub-exceptions)")
                    .hasCause(failure);
            assertThat(thrown.failures()).containsExactly(failure, another, ofTheBody);
            assertThat(thrown.getSuppressed()).containsExactly(another, ofTheBody);
            assertNothingIsLeft();
        });
    }

    @Test
    void a_body_that_fails_cancels_the_tasks() {
        loop.runUntilComplete(() -> {
            TaskGroupException thrown = failed(() -> TaskGroup.call(group -> {
                group.createTask(this::cleanUpSlowly);
                oneTurn();
                return failWith(failure);
            }));
            assertThat(thrown.failures()).containsExactly(failure);
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void a_task_that_was_cancelled_is_no_failure() {
        loop.runUntilComplete(() -> {
            TaskGroup.run(group -> {
                Task<?> cancelled = group.createTask(TaskGroupTests::sleepForAnHour);
                group.createTask(() -> events.add("goes on"));
                oneTurn();
                cancelled.cancel("enough");
                assertThat(catchThrowable(cancelled::await)).hasMessage("enough");
            });
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("goes on");
    }

    @Test
    void cancelling_the_parent_cancels_the_tasks_and_is_what_it_ends_with() {
        for (boolean inTheBody : List.of(true, false)) {
            events.clear();
            Task<?> parent = loop.createTask(() -> TaskGroup.run(group -> {
                group.createTask(this::cleanUpSlowly);
                if (inTheBody) {
                    sleepForAnHour();
                }
            }));
            loop.runUntilComplete(() -> {
                oneTurn();
                oneTurn();
                parent.cancel("from outside");
                assertThat(catchThrowable(parent::await)).hasMessage("from outside");
            });
            assertThat(parent).isCancelled();
            assertThat(parent.cancelling()).isEqualTo(1);
            assertThat(events).containsExactly("cleaned up");
        }
    }

    @Test
    void failures_of_tasks_come_before_a_cancellation_from_outside_which_is_there_at_the_next_await() {
        loop.runUntilComplete(() -> {
            Task<?> parent = loop.createTask(() -> {
                TaskGroupException thrown = failed(() -> TaskGroup.run(group -> {
                    group.createTask(() -> sleepAndFailWith(failure));
                    sleepForAnHour();
                }));
                events.add(thrown.getCause().getMessage());
                assertThat(Asyncio.currentTask().cancelling()).isEqualTo(1);
                oneTurn();
                events.add("never");
            });
            oneTurn();
            oneTurn();
            parent.cancel("from outside");
            assertThat(catchThrowable(parent::await)).hasMessage("from outside");
        });
        assertThat(events).containsExactly("of a task");
    }

    @Test
    void a_cancellation_from_outside_is_not_lost_where_a_task_failed_at_the_same_time() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            Task<?> parent = loop.createTask(() -> {
                failed(() -> TaskGroup.run(group -> {
                    group.createTask(() -> {
                        end.await();
                        failWith(failure);
                    });
                    sleepForAnHour();
                }));
                assertThat(Asyncio.currentTask().cancelling()).isEqualTo(1);
                oneTurn();
                events.add("never");
            });
            oneTurn();
            oneTurn();
            end.complete("now");
            oneTurn(); // the task has failed
            parent.cancel("from outside");
            assertThat(catchThrowable(parent::await)).isInstanceOf(CancelledException.class);
        });
        assertThat(events).isEmpty();
    }

    @Test
    void cancelling_the_parent_again_while_it_waits_does_not_let_it_go() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            Task<?> parent = loop.createTask(() -> TaskGroup.run(group -> group.createTask(() -> {
                try {
                    sleepForAnHour();
                } finally {
                    Asyncio.shield(end).await();
                    events.add("cleaned up");
                }
            })));
            oneTurn();
            oneTurn();
            parent.cancel("first");
            oneTurn();
            oneTurn();
            parent.cancel("second");
            oneTurn();
            oneTurn();
            assertThat(parent).isNotDone();
            end.complete("now");
            assertThat(catchThrowable(parent::await)).isInstanceOf(CancelledException.class);
        });
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void an_Error_is_thrown_itself_and_the_others_are_suppressed() {
        AssertionError error = new AssertionError("of a task");
        loop.runUntilComplete(() -> {
            assertThat(catchThrowable(() -> TaskGroup.run(group -> {
                        group.createTask(() -> sleepAndFailWith(another));
                        group.createTask(() -> {
                            throw error;
                        });
                        sleepForAnHour();
                    })))
                    .isSameAs(error);
            assertThat(error.getSuppressed()).containsExactly(another);
            assertNothingIsLeft();
        });
    }

    @Test
    void an_Error_of_the_body_too() {
        AssertionError error = new AssertionError("of the body");
        loop.runUntilComplete(() -> {
            assertThat(catchThrowable(() -> TaskGroup.run(group -> {
                        group.createTask(this::cleanUpSlowly);
                        oneTurn();
                        throw error;
                    })))
                    .isSameAs(error);
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void a_group_inside_of_another_passes_its_failures_on() {
        loop.runUntilComplete(() -> {
            TaskGroupException thrown = failed(() -> TaskGroup.run(outer -> {
                outer.createTask(this::cleanUpSlowly);
                TaskGroup.run(inner -> inner.createTask(() -> failWith(failure)));
            }));
            assertThat(thrown.failures()).hasSize(1);
            assertThat(((TaskGroupException) thrown.failures().get(0)).failures())
                    .containsExactly(failure);
            assertNothingIsLeft();
        });
    }

    @Test
    void a_time_out_around_it_cancels_it_and_is_a_time_out() {
        loop.runUntilComplete(() -> {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.timeout(
                            Duration.ofMillis(1), () -> TaskGroup.run(group -> group.createTask(this::cleanUpSlowly))));
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void a_time_out_inside_of_it_is_a_failure_like_any_other() {
        loop.runUntilComplete(() -> {
            TaskGroupException thrown = failed(() -> TaskGroup.run(group -> {
                group.createTask(TaskGroupTests::sleepForAnHour);
                Asyncio.timeout(Duration.ofMillis(1), TaskGroupTests::sleepForAnHour);
            }));
            assertThat(thrown).hasCauseInstanceOf(TimeoutException.class);
            assertNothingIsLeft();
        });
    }

    @Test
    void a_finished_group_takes_no_task() {
        loop.runUntilComplete(() -> {
            TaskGroup group = TaskGroup.call(it -> it);
            assertThatIllegalStateException()
                    .isThrownBy(() -> group.createTask(() -> events.add("never")))
                    .withMessage("TaskGroup <TaskGroup entered> is finished");
            assertNothingIsLeft();
        });
        assertThat(events).isEmpty();
    }

    @Test
    void a_group_that_is_shutting_down_takes_no_task() {
        loop.runUntilComplete(() -> {
            failed(() -> TaskGroup.run(group -> {
                group.createTask(() -> {
                    try {
                        sleepForAnHour();
                    } finally {
                        assertThatIllegalStateException()
                                .isThrownBy(() -> group.createTask(() -> events.add("never")))
                                .withMessage("TaskGroup <TaskGroup tasks=1 errors=1 cancelling> is shutting down");
                        events.add("refused");
                    }
                });
                group.createTask(() -> failWith(failure));
            }));
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("refused");
    }

    @Test
    void cancel_ends_the_tasks_and_the_body_goes_on() {
        loop.runUntilComplete(() -> {
            TaskGroup.run(group -> {
                assertThat(group).hasToString("<TaskGroup entered>");
                group.createTask(this::cleanUpSlowly);
                assertThat(group).hasToString("<TaskGroup tasks=1 entered>");
                oneTurn();
                group.cancel();
                assertThatIllegalStateException()
                        .isThrownBy(() -> group.createTask(() -> events.add("never")))
                        .withMessage("TaskGroup <TaskGroup tasks=1 cancelling> is shutting down");
                oneTurn();
                events.add("went on");
            });
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("went on", "cleaned up");
    }

    @Test
    void cancelling_the_parent_is_heard_also_after_the_group_was_cancelled() {
        loop.runUntilComplete(() -> {
            Task<?> parent = loop.createTask(() -> TaskGroup.run(group -> {
                group.createTask(this::cleanUpSlowly);
                oneTurn();
                group.cancel();
            }));
            oneTurn();
            oneTurn();
            oneTurn();
            parent.cancel("from outside");
            assertThat(catchThrowable(parent::await)).hasMessage("from outside");
        });
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void outside_of_a_task_there_is_no_parent() {
        String sentence = "TaskGroup <TaskGroup> cannot determine the parent task";
        assertThatIllegalStateException()
                .isThrownBy(() -> TaskGroup.run(group -> events.add("never")))
                .withMessage(sentence);
        LoopFuture<Throwable> seen = loop.createFuture();
        loop.callSoon(() -> seen.complete(catchThrowable(TaskGroup::open)));
        assertThat(loop.runUntilComplete(seen)).hasMessage(sentence);
    }

    @Test
    void null_is_refused() {
        assertThatNullPointerException().isThrownBy(() -> TaskGroup.run(null)).withMessage("body");
        assertThatNullPointerException().isThrownBy(() -> TaskGroup.call(null)).withMessage("body");
        loop.runUntilComplete(() -> TaskGroup.run(group -> {
            assertThatNullPointerException()
                    .isThrownBy(() -> group.createTask((ThrowingRunnable) null))
                    .withMessage("body");
            assertThatNullPointerException()
                    .isThrownBy(() -> group.createTask(null, () -> events.add("never")))
                    .withMessage("name");
        }));
        assertThat(events).isEmpty();
    }

    @Test
    void ten_thousand_tasks_of_which_the_last_one_fails() {
        loop.runUntilComplete(() -> {
            TaskGroupException thrown = failed(() -> TaskGroup.run(group -> {
                for (int i = 0; i < 10_000; i++) {
                    group.createTask(TaskGroupTests::sleepForAnHour);
                }
                group.createTask(() -> failWith(failure));
            }));
            assertThat(thrown.failures()).containsExactly(failure);
            assertNothingIsLeft();
        });
    }
}
