package dev.asyncloop.samples.containers;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.samples.leaks.LeakRun;
import dev.asyncloop.testcontainers.LoopContainers;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A program that prints how its tests fail when the engine, at {@code DOCKER_HOST}, dies or hangs while one runs. */
final class DyingEngine {

    private DyingEngine() {}

    /** Runs the class {@code arguments[1]} and those after it, and writes a dump of its threads to {@code arguments[0]} in the end. */
    public static void main(String[] arguments) throws Exception {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("asyncloop.leaks", "strict")
                .selectors(Stream.of(arguments)
                        .skip(1)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(DiscoverySelector[]::new))
                .execute()
                .allEvents()
                .finished()
                .failed()
                .map(event -> new LeakRun(
                        event.getTestDescriptor().getLegacyReportingName(),
                        event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow(),
                        List.of()))
                .forEach(run -> System.out.println(run.failed() + " failed: " + run.printed()));
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(arguments[0], ThreadDumpFormat.TEXT_PLAIN);
        System.out.println("end " + DockerClientFactory.SESSION_ID);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Orders {

        @RegisterExtension
        static final LoopFixture<GenericContainer<?>> CACHE =
                LoopContainers.of(GenericContainer.class, DyingEngine::redis);

        /** Left running, which nobody can see any more. */
        @BeforeEach
        void start_another() {
            redis().start();
        }

        @Test
        @Timeout(2)
        void counts_orders(GenericContainer<?> cache) throws Exception {
            System.out.println("running");
            System.in.read(); // until the engine has died
            cache.execInContainer("redis-cli", "ping");
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class LaterOrders {

        @RegisterExtension
        static final LoopFixture<GenericContainer<?>> CACHE =
                LoopContainers.of(GenericContainer.class, DyingEngine::redis);

        @Test
        void is_not_reached() {}
    }

    private static GenericContainer<?> redis() {
        return new GenericContainer<>("redis:7.0").withExposedPorts(6379);
    }
}
