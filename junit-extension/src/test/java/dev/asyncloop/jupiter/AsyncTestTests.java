package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Single tests on an event loop. */
class AsyncTestTests {

    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    static class OneOfThem {

        OneOfThem() {
            note("constructor");
        }

        @BeforeEach
        void beforeEach() {
            note("before");
        }

        @AsyncTest
        void on_a_loop(EventLoop loop) {
            assertThat(EventLoop.running()).isSameAs(loop);
            note("test");
        }

        @AfterEach
        void afterEach() {
            note("after");
        }

        private static void note(String event) {
            boolean onLoop = Thread.currentThread().isVirtual();
            EVENTS.add(event + (onLoop ? " on a loop" : ""));
        }
    }

    @Test
    void its_phases_are_on_its_loop() {
        assertThat(Run.of(OneOfThem.class).failures()).isEmpty();
        assertThat(EVENTS)
                .containsExactly("constructor on a loop", "before on a loop", "test on a loop", "after on a loop");
    }

    static class AmongOthers {

        @AsyncTest
        void leaks(EventLoop loop) {
            loop.createTask("poll", () -> Asyncio.sleep(Duration.ofHours(1)));
        }

        @Test
        void ordinary() {
            assertThat(Thread.currentThread().isVirtual()).isFalse();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OfOneInstance extends AmongOthers {}

    @Test
    void it_fails_for_what_it_leaves_and_the_others_are_as_ever() {
        for (Class<?> type : List.of(AmongOthers.class, OfOneInstance.class)) {
            Run run = Run.of(type);
            assertThat(run.failures()).hasSize(1);
            assertThat(run.failure("leaks(EventLoop)"))
                    .isInstanceOf(LeakError.class)
                    .hasMessageContaining("pending task \"poll\"");
        }
    }

    static class Wrong {

        @AsyncTest
        CompletableFuture<String> ships() {
            return new CompletableFuture<>();
        }

        @AsyncTest
        void other() {}
    }

    @Test
    void wrong_use_is_refused_all_the_same() {
        assertThat(Run.of(Wrong.class).failure("other()")).hasMessageContaining("ships() returns CompletableFuture");
    }
}
