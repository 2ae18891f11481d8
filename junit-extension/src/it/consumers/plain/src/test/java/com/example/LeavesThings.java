package com.example;

import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.CheckLeaks;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.io.FileInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A leak of each kind, and at each place that a report can name. So named that it runs only where it is asked for. */
@ExtendWith(AsyncLoopExtension.class)
@CheckLeaks(LeakMode.FAIL)
class LeavesThings {

    final List<Object> kept = new ArrayList<>();

    @RegisterExtension
    static final LoopFixture<String> OF_THE_RUN = LoopFixture.of(String.class, () -> {
                sleeper("of the run");
                return "fixture";
            })
            .scope(SESSION);

    @BeforeAll
    static void of_the_class() {
        sleeper("of the class");
    }

    private static void sleeper(String name) {
        EventLoop.running().createTask(name, () -> Asyncio.sleep(Duration.ofMinutes(5)));
    }

    @Test
    void pending_task() {
        sleeper("sleeper");
    }

    @Test
    void pending_callback(EventLoop loop) {
        loop.callLater(Duration.ofMinutes(5), () -> {});
    }

    @Test
    void task_exception(EventLoop loop) {
        loop.createTask(() -> {
            throw new IllegalStateException("unseen");
        });
        Asyncio.sleep(Duration.ZERO);
    }

    @Test
    void unclosed_loop() {
        kept.add(EventLoop.create());
    }

    @Test
    void unfinished_generator() {
        AsyncGenerator<Integer> numbers = AsyncGenerator.of(out -> {
            out.emit(1);
            out.emit(2);
        });
        numbers.iterator().next();
        kept.add(numbers);
    }

    @Test
    void file_descriptor() throws Exception {
        kept.add(new FileInputStream("pom.xml"));
    }

    @Test
    void executor() {
        kept.add(Executors.newSingleThreadExecutor());
    }

    @Test
    void platform_thread() {
        kept.add(Thread.ofPlatform().daemon().name("poller").start(() -> {
            try {
                Thread.sleep(Duration.ofMinutes(5));
            } catch (InterruptedException ended) {
                return;
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void of_one_invocation(int number) {
        if (number == 2) {
            sleeper("of the second");
        }
    }

    @TestFactory
    List<DynamicTest> of_a_dynamic_test() {
        return List.of(DynamicTest.dynamicTest("dynamic", () -> sleeper("of the dynamic test")));
    }
}
