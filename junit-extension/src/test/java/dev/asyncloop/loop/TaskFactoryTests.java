package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who makes the tasks of a loop. */
@Timeout(60)
class TaskFactoryTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    /** Notes when each body begins. */
    private final TaskFactory noting = new TaskFactory() {
        @Override
        public Task<?> create(EventLoop where, Callable<?> body, Options options) {
            assertThat(where).isSameAs(loop);
            Callable<Object> wrapped = () -> {
                events.add(options.name() + (options.background() ? " in the background" : ""));
                return body.call();
            };
            return TaskFactory.plain().create(where, wrapped, options);
        }

        @Override
        public String toString() {
            return "noting";
        }
    };

    @Test
    void B22_a_factory_makes_every_task() {
        loop.setTaskFactory(noting);
        assertThat(loop.taskFactory()).isSameAs(noting);
        Task<String> result = loop.createTask(() -> "result");
        loop.createTask(() -> {});
        loop.createTask("named", () -> "x");
        loop.createTask("named too", () -> {});
        loop.createBackgroundTask("b", () -> {});
        assertThat(loop.<String>runUntilComplete(() -> "of the run")).isEqualTo("of the run");
        assertThat(result.join()).isEqualTo("result");
        assertThat(events).containsExactly("null", "null", "named", "named too", "b in the background", "null");
    }

    @Test
    void B22_names_are_kept() {
        loop.setTaskFactory(noting);
        assertThat(loop.createTask("kept", () -> {}).name()).isEqualTo("kept");
        assertThat(loop.createTask(() -> {}).name()).isEqualTo("task-2");
        assertThat(loop.createBackgroundTask("b", () -> {}).isBackground()).isTrue();
        loop.setTaskFactory(
                (where, body, options) -> TaskFactory.plain().create(where, body, options.named("another")));
        assertThat(loop.createTask("given up", () -> {}).name()).isEqualTo("another");
        assertThat(loop.createBackgroundTask("given up", () -> {}).isBackground())
                .isTrue();
        loop.stop();
        loop.runForever();
    }

    @Test
    void B22_null_brings_the_loops_own_back() {
        assertThat(loop.taskFactory()).isNull();
        loop.setTaskFactory(noting);
        loop.setTaskFactory(null);
        assertThat(loop.taskFactory()).isNull();
        assertThat(loop.<String>runUntilComplete(() -> "plain")).isEqualTo("plain");
        assertThat(events).isEmpty();
    }

    @Test
    void B22_a_factory_that_returns_null_is_told_so() {
        loop.setTaskFactory(new TaskFactory() {
            @Override
            public Task<?> create(EventLoop where, Callable<?> body, Options options) {
                return null;
            }

            @Override
            public String toString() {
                return "forgetful";
            }
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.createTask(() -> events.add("never")))
                .withMessage("the task factory forgetful returned null instead of a task");
        assertThatIllegalStateException().isThrownBy(() -> loop.runUntilComplete(() -> events.add("never")));
        loop.setTaskFactory(null);
        assertThat(loop.<String>runUntilComplete(() -> "runs on")).isEqualTo("runs on");
        assertThat(events).isEmpty();
    }

    @Test
    void B22_so_is_one_that_returns_a_task_of_another_loop() {
        try (EventLoop other = EventLoop.create()) {
            Task<?> theirs = other.createBackgroundTask("theirs", () -> {});
            loop.setTaskFactory(noting);
            loop.setTaskFactory((where, body, options) -> theirs);
            assertThatIllegalStateException()
                    .isThrownBy(() -> loop.createTask(() -> {}))
                    .withMessageMatching("the task factory .* returned a task of another loop: <background task"
                            + " \"theirs\", .*");
        }
    }

    @Test
    void B22_what_a_factory_throws_is_the_creators_to_see() {
        IllegalArgumentException refused = new IllegalArgumentException("no more tasks");
        loop.setTaskFactory((where, body, options) -> {
            throw refused;
        });
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> loop.createTask(() -> {})))
                .isSameAs(refused);
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void B22_it_is_not_asked_for_what_is_refused_anyway() throws Exception {
        loop.setTaskFactory((where, body, options) -> {
            events.add("asked");
            return TaskFactory.plain().create(where, body, options);
        });
        assertThatNullPointerException().isThrownBy(() -> loop.createTask((Callable<String>) null));
        assertThatNullPointerException()
                .isThrownBy(() -> new TaskFactory.Options(null, false).named(null))
                .withMessage("name");
        loop.runUntilComplete(() -> {
            events.clear();
            Thread foreign = Thread.ofPlatform()
                    .start(() -> assertThatIllegalStateException().isThrownBy(() -> loop.createTask(() -> {})));
            while (foreign.isAlive()) {
                Asyncio.sleep(java.time.Duration.ofMillis(1));
            }
        });
        loop.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.createTask(() -> {}))
                .withMessage("Event loop is closed");
        assertThat(events).isEmpty();
    }
}
