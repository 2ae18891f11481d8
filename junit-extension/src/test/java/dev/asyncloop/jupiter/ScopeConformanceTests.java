package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import java.time.Duration;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pytest-asyncio's own tests pin of its scopes and is not pinned by another test here, by the numbers of docs/asyncio.md. */
class ScopeConformanceTests {

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodName.class)
    static class UsesLoopsOfItsOwn {

        private String onAnotherThread() throws InterruptedException {
            StringBuilder result = new StringBuilder();
            Thread.ofPlatform()
                    .start(() -> {
                        try (EventLoop own = EventLoop.create()) {
                            result.append(own.<String>runUntilComplete(() -> {
                                Asyncio.sleep(Duration.ZERO);
                                return "ran";
                            }));
                        }
                    })
                    .join();
            return result.toString();
        }

        @Test
        void a_runs_one() throws InterruptedException {
            assertThat(onAnotherThread()).isEqualTo("ran");
        }

        @Test
        void b_has_the_tests_loop(EventLoop loop) {
            assertThat(EventLoop.running()).isSameAs(loop);
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void K07_a_test_that_runs_loops_of_its_own_disturbs_no_other_and_leaves_nothing() {
        assertThat(Run.of(UsesLoopsOfItsOwn.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodName.class)
    static class ClosesItsLoop {

        @Test
        void a_tries_to(EventLoop loop) {
            LoopFuture<String> end = loop.createFuture();
            loop.callSoon(() -> {
                try {
                    loop.close();
                } catch (IllegalStateException refused) {
                    end.complete(refused.getMessage());
                }
            });
            assertThat(end.await()).isEqualTo("Cannot close a running event loop");
        }

        @Test
        void b_has_a_loop_all_the_same(EventLoop loop) {
            assertThat(loop.isClosed()).isFalse();
        }
    }

    /** Its loop runs as long as the test does, so that nothing of the test can close it. */
    @Test
    void K10_a_test_cannot_close_its_loop() {
        assertThat(Run.of(ClosesItsLoop.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodName.class)
    static class Skips {

        @Test
        void a_assumes_something_false() {
            Asyncio.sleep(Duration.ZERO);
            assumeTrue(false, "not here");
        }

        @Test
        @Disabled("on purpose")
        void b_is_disabled() {}

        @Test
        void c_runs() {}
    }

    @Test
    void K14_skips_and_assumptions_keep_their_meaning() {
        Run run = Run.of(Skips.class);
        assertThat(run.aborted()).containsExactly("a_assumes_something_false()");
        assertThat(run.succeeded()).contains("c_runs()").doesNotContain("a_assumes_something_false()");
        assertThat(run.skipped()).containsExactly("b_is_disabled()");
    }
}
