package dev.asyncloop.samples.containers;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;

/** A program whose tests are the first in their JVM to use Testcontainers, and by themselves; it prints how many ran, and why those that failed did. */
final class OwnContainer {

    private OwnContainer() {}

    public static void main(String[] arguments) {
        var finished = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("asyncloop.leaks", "strict")
                .selectors(selectClass(Orders.class))
                .execute()
                .testEvents()
                .finished();
        finished.failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .forEach(System.out::println);
        System.out.println(finished.succeeded().count() + " passed");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Orders {

        @RepeatedTest(2)
        void are_cached() throws Exception {
            try (GenericContainer<?> cache = new GenericContainer<>("redis:7.0").withExposedPorts(6379)) {
                cache.withLogConsumer(frame -> {});
                Startables.deepStart(cache).join();
                cache.execInContainer("redis-cli", "ping");
                cache.getLogs();
            }
        }
    }
}
