package dev.asyncloop.samples.containers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.FixtureError;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.testcontainers.LoopContainers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** Containers as fixtures: started together, stopped in the end, and told of where something fails. */
@EnabledIfContainers
class LoopContainersTests {

    private static final List<GenericContainer<?>> MADE = new ArrayList<>();

    @BeforeEach
    void forget() {
        MADE.clear();
    }

    @AfterEach
    void stop() {
        MADE.forEach(GenericContainer::stop);
    }

    @Test
    void several_are_started_together_and_stopped_in_the_end() {
        Events finished = run(Together.class);

        assertThat(failures(finished)).isEmpty();
        assertThat(Together.idsWhileRunning).hasSize(2);
        assertThat(running()).doesNotContainAnyElementsOf(Together.idsWhileRunning);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Together {

        private static final CyclicBarrier BOTH_START = new CyclicBarrier(2);
        private static List<String> idsWhileRunning;

        record Pair(Meeting first, Meeting second) {
            List<Meeting> both() {
                return List.of(first, second);
            }
        }

        /** Is not ready before the other one has started as well. */
        static class Meeting extends GenericContainer<Meeting> {
            Meeting() {
                super("redis:7.0");
            }

            @Override
            protected void containerIsStarted(InspectContainerResponse info) {
                try {
                    BOTH_START.await(60, SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                    throw new IllegalStateException("started alone", alone);
                }
            }
        }

        @RegisterExtension
        static final LoopFixture<Pair> PAIR =
                LoopContainers.of(Pair.class, () -> new Pair(new Meeting(), new Meeting()), Pair::both);

        @Test
        void uses_them(Pair pair) {
            idsWhileRunning =
                    pair.both().stream().map(GenericContainer::getContainerId).toList();
            assertThat(running()).containsAll(idsWhileRunning);
        }
    }

    @Test
    void one_that_does_not_start_fails_the_tests_and_the_others_are_stopped() {
        Events finished = run(Broken.class);

        assertThat(failures(finished)).hasSize(1).first().isInstanceOf(FixtureError.class);
        assertThat(failures(finished).get(0).getCause().getMessage()) // why depends on when it was looked at
                .matches("(?s)\\S*redis:7.0 did not start: (it ended|Timed out .*); its log ends with\n    .*")
                .contains(">>> 'no-such-option \"1\"'\n", "\n  fix  see the log");
        assertThat(MADE).hasSize(2);
        assertThat(running()).doesNotContainAnyElementsOf(Broken.startedIds);
        assertThat(Broken.startedIds).hasSize(1);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Broken {

        private static final List<String> startedIds = new ArrayList<>();

        static class Sound extends GenericContainer<Sound> {
            Sound() {
                super("redis:7.0");
            }

            @Override
            protected void containerIsStarted(InspectContainerResponse info) {
                startedIds.add(info.getId());
            }
        }

        @RegisterExtension
        static final LoopFixture<List<?>> SERVERS = LoopContainers.of(
                List.class,
                () -> {
                    // not by its port: a look at that may be quick enough to find it ready while it ends
                    MADE.add(redis().withCommand("redis-server", "--no-such-option", "1")
                            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1))
                            .withStartupTimeout(Duration.ofSeconds(10)));
                    MADE.add(new Sound());
                    return MADE;
                },
                servers -> MADE);

        @Test
        void is_not_reached() {}
    }

    @Test
    void a_failure_tells_the_state_and_the_log() {
        List<Throwable> failures = failures(run(Failing.class));

        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).hasMessage("expected");
        assertThat(failures.get(0).getSuppressed()).hasSize(1);
        assertThat(failures.get(0).getSuppressed()[0].getMessage())
                .contains(
                        "redis:7.0, container ",
                        ", is running; its log ends with\n    ",
                        "Ready to accept connections");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Failing {

        @RegisterExtension
        static final LoopFixture<GenericContainer<?>> REDIS =
                LoopContainers.of(GenericContainer.class, LoopContainersTests::redis);

        @Test
        void fails() {
            throw new IllegalStateException("expected");
        }
    }

    @Test
    void a_failure_tells_how_a_container_ended() {
        List<Throwable> failures = failures(run(Killed.class));

        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).getSuppressed()).hasSize(1);
        assertThat(failures.get(0).getSuppressed()[0].getMessage())
                .contains("redis:7.0, container ", ", has exited with 137; its log ends with\n    ")
                .containsPattern("\n  its last events are"
                        + "\n    \\S+Z  start\n    \\S+Z  kill with signal 9\n    \\S+Z  die with exit code 137\\z");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Killed {

        @RegisterExtension
        static final LoopFixture<GenericContainer<?>> REDIS =
                LoopContainers.of(GenericContainer.class, LoopContainersTests::redis);

        @Test
        void fails(GenericContainer<?> redis) throws Exception {
            assertThat(redis.execInContainer("redis-cli", "ping").getStdout())
                    .isEqualTo("PONG\n"); // no event of those told
            DockerClient engine = DockerClientFactory.lazyClient();
            engine.killContainerCmd(redis.getContainerId()).exec();
            engine.waitContainerCmd(redis.getContainerId()).start().awaitStatusCode();
            throw new IllegalStateException("expected");
        }
    }

    @Test
    void a_failure_tells_that_a_container_was_removed() {
        List<Throwable> failures = failures(run(Removed.class));

        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).getSuppressed()[0].getMessage())
                .containsPattern("redis:7.0, container \\w{12}, has been removed, and its log\n  its last events are\n")
                .endsWith("  destroy");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Removed {

        @RegisterExtension
        static final LoopFixture<GenericContainer<?>> REDIS =
                LoopContainers.of(GenericContainer.class, LoopContainersTests::redis);

        @Test
        void fails(GenericContainer<?> redis) {
            DockerClientFactory.lazyClient()
                    .removeContainerCmd(redis.getContainerId())
                    .withForce(true)
                    .exec();
            throw new IllegalStateException("expected");
        }
    }

    private static GenericContainer<?> redis() {
        return new GenericContainer<>("redis:7.0").withExposedPorts(6379);
    }

    private static List<String> running() {
        return DockerClientFactory.lazyClient().listContainersCmd().exec().stream()
                .map(Container::getId)
                .toList();
    }

    private static Events run(Class<?> type) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .execute()
                .allEvents()
                .finished();
    }

    private static List<Throwable> failures(Events finished) {
        return finished.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
    }
}
