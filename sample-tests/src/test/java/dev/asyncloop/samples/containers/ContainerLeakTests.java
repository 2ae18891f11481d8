package dev.asyncloop.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.containers.GenericContainer;

/** Containers that are left running. */
@EnabledIfContainers
class ContainerLeakTests {

    private static final List<GenericContainer<?>> LEFT = new ArrayList<>();

    @AfterEach
    void stop() {
        LEFT.forEach(GenericContainer::stop);
        LEFT.clear();
    }

    @Test
    void one_that_a_test_leaves_running_is_a_leak_of_that_test() {
        List<Throwable> failures = failures(Leaving.class);

        assertThat(failures).hasSize(1).first().isInstanceOf(LeakError.class);
        assertThat(((LeakError) failures.get(0)).leaks()).extracting(Leak::kind).containsExactly(LeakKind.OTHER);
        assertThat(failures.get(0).getMessage())
                .startsWith("ContainerLeakTests.Leaving.leaves_it() left 1 thing behind\n  1. running container ")
                .contains(
                        "redis:7.0 \"",
                        "created  " + Leaving.class.getName() + ".leaves_it(ContainerLeakTests.java:",
                        "fix      stop it, e.g. with try-with-resources, or make it a fixture by LoopContainers.of");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaving {

        @Test
        void leaves_it() {
            GenericContainer<?> left = redis();
            LEFT.add(left);
            left.start();
        }

        @Test
        void stops_it() {
            try (GenericContainer<?> stopped = redis()) {
                stopped.start();
            }
        }

        @Test
        void shares_one_of_a_class_initialiser() {
            assertThat(Singleton.SERVER.isRunning()).isTrue();
        }
    }

    static class Singleton {
        static final GenericContainer<?> SERVER = redis();

        static {
            SERVER.start();
        }
    }

    private static GenericContainer<?> redis() {
        return new GenericContainer<>("redis:7.0").withExposedPorts(6379);
    }

    private static List<Throwable> failures(Class<?> type) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .execute()
                .allEvents()
                .finished()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
    }
}
