package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.testing.LogCapture;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a test class may get wrong, and the sentence it gets for it. */
class WrongUseTests {

    @ExtendWith(AsyncLoopExtension.class)
    static class WantsTask {
        @Test
        void test(Task<String> task) {}

        @Test
        void other(EventLoop loop) {}
    }

    @Test
    void a_parameter_that_cannot_be_injected_is_named_with_what_to_do() {
        Run run = Run.of(WantsTask.class);
        assertThat(run.failure("test(Task)"))
                .hasMessage("asyncloop injects an EventLoop, not a Task; take the loop as parameter and make it in the"
                        + " method");
        assertThat(run.succeeded()).contains("other(EventLoop)");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ReturnsValue {
        @Test
        CompletableFuture<String> ships() {
            return new CompletableFuture<>();
        }

        @Test
        void other() {}
    }

    private static final String VALUE_RETURNED =
            "WrongUseTests.ReturnsValue.ships() returns CompletableFuture, and JUnit does"
                    + " not run such a test: make it void, and await what it would return, with Asyncio.await(...)";

    @Test
    void a_test_that_returns_a_value_fails_its_class() {
        Run run = Run.of(ReturnsValue.class);
        assertThat(run.failure("WrongUseTests$ReturnsValue")).hasMessage(VALUE_RETURNED);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OnlyReturnsValue {
        @Test
        CompletableFuture<String> ships() {
            return new CompletableFuture<>();
        }
    }

    static class NotOurs {
        @Test
        CompletableFuture<String> ships() {
            return new CompletableFuture<>();
        }
    }

    @Test
    void a_class_of_nothing_else_is_not_run_by_junit_so_the_launcher_is_told() {
        assertThat(errorsOfDiscovery(OnlyReturnsValue.class))
                .containsExactly(VALUE_RETURNED.replace("ReturnsValue", "OnlyReturnsValue"));
    }

    @Test
    void a_class_without_the_extension_is_left_alone() {
        assertThat(errorsOfDiscovery(NotOurs.class)).isEmpty();
    }

    private static List<String> errorsOfDiscovery(Class<?> fixture) {
        try (LogCapture log = LogCapture.start()) {
            LauncherFactory.create()
                    .discover(LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(fixture))
                            .build());
            return log.messages();
        }
    }

    @Test
    void a_junit_that_closes_no_stores_is_told_to() {
        String parameter = "junit.jupiter.extensions.store.close.autocloseable.enabled";
        assertThat(Run.with(Map.of(parameter, "false"), UsesTheLoopWrongly.class)
                        .failure("WrongUseTests$UsesTheLoopWrongly"))
                .hasMessage("The configuration parameter " + parameter
                        + " is 'false', and asyncloop could not look for leaks;"
                        + " it must be 'true', which is its default");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class UsesTheLoopWrongly {
        @Test
        void runs_it_again(EventLoop loop) {
            loop.runUntilComplete(() -> 1);
        }

        @Test
        void closes_it(EventLoop loop) {
            loop.close();
        }

        @Test
        void throws_an_error() {
            throw new StackOverflowError("as it is");
        }
    }

    @Test
    void wrong_uses_of_the_loop_fail_the_test_with_asyncios_words() {
        Run run = Run.of(UsesTheLoopWrongly.class);
        assertThat(run.failure("runs_it_again(EventLoop)"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This event loop is already running");
        assertThat(run.failure("closes_it(EventLoop)")).hasMessage("Cannot close a running event loop");
        assertThat(run.failure("throws_an_error()"))
                .isInstanceOf(StackOverflowError.class)
                .hasMessage("as it is");
    }
}
