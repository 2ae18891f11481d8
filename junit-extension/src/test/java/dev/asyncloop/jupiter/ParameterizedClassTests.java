package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that JUnit runs once for each argument, and what is around each of their invocations. */
class ParameterizedClassTests {

    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static void leave(String name) {
        EventLoop loop = EventLoop.running();
        loop.createTask(name, () -> loop.createFuture().await());
    }

    @ExtendWith(AsyncLoopExtension.class)
    @ParameterizedClass
    @ValueSource(strings = {"pear", "plum"})
    static class Leaves {
        @Parameter
        String fruit;

        @Test
        void test() {
            leave(fruit);
        }

        @ParameterizedTest
        @ValueSource(ints = 7)
        void with_number(int number) {
            leave(fruit + number);
        }

        @Nested
        class Inner {
            @BeforeAll
            static void setUp() {
                leave("of inner");
            }

            @Test
            void inner() {
                leave(fruit);
            }
        }
    }

    /** Of the failures of a run, by the name of what failed, as JUnit 5 puts it: JUnit 6 has {@code fruit = "pear"}. */
    private static Map<String, String> messages(Class<?> fixture) {
        Map<String, String> messages = new LinkedHashMap<>();
        Run.of(fixture).failures().forEach((name, failure) -> messages.put(plain(name), plain(failure.getMessage())));
        return messages;
    }

    private static String plain(String text) {
        return text.replaceAll(" = \"?(\\w+)\"?", "=$1");
    }

    @Test
    void messages_name_the_invocation() {
        assertThat(messages(Leaves.class).values())
                .extracting(message -> message.lines().findFirst().orElseThrow())
                .contains(
                        "ParameterizedClassTests.Leaves.test() [2] fruit=plum left 1 thing behind",
                        "ParameterizedClassTests.Leaves.with_number() [2] fruit=plum [1] number=7 left 1 thing behind",
                        "ParameterizedClassTests.Leaves.Inner.inner() [2] fruit=plum left 1 thing behind",
                        "ParameterizedClassTests.Leaves.Inner [2] fruit=plum left 1 thing behind");
    }

    @ExtendWith(AsyncLoopExtension.class)
    @ParameterizedClass
    @ValueSource(strings = {"pear", "plum"})
    static class UsesTheLoop {
        private static CompletableFuture<String> asked;
        private static CompletableFuture<String> answer;

        @Parameter
        String fruit;

        /** Starts a server on the loop of the class, and returns when it is there. */
        @BeforeParameterizedClassInvocation(injectArguments = false)
        static void start(EventLoop loop) throws ExecutionException, InterruptedException {
            asked = new CompletableFuture<>();
            answer = new CompletableFuture<>();
            Asyncio.runCoroutineThreadsafe(
                            () -> {
                                SEEN.add("started on " + (EventLoop.running() == loop));
                                loop.createTask("server", () -> {
                                    answer.complete(Asyncio.await(asked) + " pie");
                                    return null;
                                });
                            },
                            loop)
                    .get();
        }

        @Test
        void is_served() {
            asked.complete(fruit);
            assertThat(Asyncio.await(answer)).isEqualTo(fruit + " pie");
        }

        @AfterParameterizedClassInvocation(injectArguments = false)
        static void stop(EventLoop loop) throws ExecutionException, InterruptedException {
            Asyncio.runCoroutineThreadsafe(() -> SEEN.add("stopped on " + (EventLoop.running() == loop)), loop)
                    .get();
        }
    }

    @LoopScope(LoopScope.Scope.CLASS)
    static class UsesTheSharedLoop extends UsesTheLoop {}

    @Test
    void what_is_around_an_invocation_can_use_the_loop_of_its_class() {
        for (Class<?> fixture : List.of(UsesTheLoop.class, UsesTheSharedLoop.class)) {
            SEEN.clear();
            Run run = Run.of(fixture);
            assertThat(run.failures()).isEmpty();
            assertThat(run.succeeded()).contains("is_served()");
            assertThat(SEEN)
                    .containsExactly("started on true", "stopped on true", "started on true", "stopped on true");
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    @ParameterizedClass
    @ValueSource(strings = {"pear", "plum"})
    @LoopScope(LoopScope.Scope.CLASS)
    static class OnOneLoop {
        OnOneLoop(String fruit) {}

        @BeforeAll
        static void beforeAll(EventLoop loop) {
            SEEN.add("loop " + System.identityHashCode(loop));
        }

        @BeforeParameterizedClassInvocation(injectArguments = false)
        static void beforeEach(EventLoop loop) {
            SEEN.add("loop " + System.identityHashCode(loop));
        }

        @Test
        void test() {
            SEEN.add("loop " + System.identityHashCode(EventLoop.running()));
        }
    }

    @Test
    void a_loop_of_the_class_is_that_of_all_its_invocations() {
        assertThat(Run.of(OnOneLoop.class).failures()).isEmpty();
        assertThat(SEEN).hasSize(5).containsOnly(SEEN.get(0));
    }

    @ExtendWith(AsyncLoopExtension.class)
    @ParameterizedClass
    @ValueSource(strings = "pear")
    static class LeavesATask {
        LeavesATask(String fruit) {}

        @BeforeParameterizedClassInvocation(injectArguments = false)
        static void start(EventLoop loop) throws ExecutionException, InterruptedException {
            Asyncio.runCoroutineThreadsafe(() -> leave("server"), loop).get();
        }

        @Test
        void test() {}
    }

    @Test
    void what_it_leaves_there_is_charged_to_the_invocation() {
        assertThat(messages(LeavesATask.class))
                .containsOnlyKeys("[1] fruit=pear")
                .hasEntrySatisfying(
                        "[1] fruit=pear",
                        message -> assertThat(message)
                                .startsWith("ParameterizedClassTests.LeavesATask [1] fruit=pear left 1 thing behind\n"
                                        + "  1. pending task \"server\""));
    }

    @ExtendWith(AsyncLoopExtension.class)
    @ParameterizedClass
    @ValueSource(strings = "pear")
    static class ThinksItIsOnTheLoop {
        ThinksItIsOnTheLoop(String fruit) {}

        @BeforeParameterizedClassInvocation(injectArguments = false)
        static void start() {
            EventLoop.running();
        }

        @Test
        void test() {}
    }

    @Test
    void it_is_not_on_the_loop_and_the_message_says_what_to_do() {
        assertThat(messages(ThinksItIsOnTheLoop.class))
                .containsEntry(
                        "[1] fruit=pear",
                        "no running event loop: JUnit shows methods around the invocations of a parameterised class"
                                + " to no interceptor; take the EventLoop as parameter and use"
                                + " Asyncio.runCoroutineThreadsafe(body, loop), or do it in @BeforeEach or @BeforeAll");
    }
}
