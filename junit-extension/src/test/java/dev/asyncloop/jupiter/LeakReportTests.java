package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class LeakReportTests {

    @ExtendWith(AsyncLoopExtension.class)
    static class Fixture {
        @Test
        void clean(EventLoop loop) {
            assertThat(loop.createTask(() -> 42).await()).isEqualTo(42);
        }

        @Test
        void leaks(EventLoop loop) throws Exception {
            loop.createTask("poll", () -> Asyncio.sleep(Duration.ofSeconds(5)));
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(100000);
                } catch (InterruptedException e) {
                    // ended
                }
            });
            new java.io.FileInputStream("/etc/passwd").read();
            Thread.sleep(5);
        }
    }

    @Test
    void smoke() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Fixture.class))
                .execute()
                .testEvents();
        tests.failed().stream()
                .forEach(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .ifPresent(Throwable::printStackTrace));
        tests.assertStatistics(statistics -> statistics.succeeded(1).failed(1));
    }
}
