package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.LogCapture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Extensions that intercept a test method before ours does, and keep it from its loop. */
class SkippedChainTests {

    private static volatile CountDownLatch end;

    @BeforeAll
    static void see_threads() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    private static void park() {
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Run run(Class<?> fixture) {
        end = new CountDownLatch(1);
        try {
            return Run.with(Map.of("asyncloop.leaks", "strict"), fixture);
        } finally {
            end.countDown();
        }
    }

    /** Skips the rest and calls the method itself, as Quarkus does. */
    static class Skips implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            invocation.skip();
            call(method);
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            interceptTestMethod(invocation, method, context);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T interceptTestFactoryMethod(
                Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            invocation.skip();
            return (T) call(method);
        }

        private static Object call(ReflectiveInvocationContext<Method> method) throws Throwable {
            try {
                method.getExecutable().setAccessible(true);
                return method.getExecutable()
                        .invoke(
                                method.getTarget().orElseThrow(),
                                method.getArguments().toArray());
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }

    /** Goes on in a thread of its own, as extensions for Swing or JavaFX do. */
    static class Elsewhere implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            Throwable[] thrown = new Throwable[1];
            Thread.ofPlatform()
                    .start(() -> {
                        try {
                            invocation.proceed();
                        } catch (Throwable failed) {
                            thrown[0] = failed;
                        }
                    })
                    .join();
            if (thrown[0] != null) {
                throw thrown[0];
            }
        }
    }

    /** Lets no method run. */
    static class DryRun implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
            invocation.skip();
        }
    }

    /** Has a method for tests, and nothing else to do. */
    static class LetsThrough implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            invocation.proceed();
        }
    }

    interface Leaks {
        @Test
        default void a_thread() {
            Thread.ofPlatform().daemon().name("lost").start(SkippedChainTests::park);
        }

        @Test
        default void b_virtual_thread() {
            Thread.ofVirtual().name("lost").start(SkippedChainTests::park);
        }

        @Test
        default void c_exception() throws InterruptedException {
            Thread.ofPlatform()
                    .start(() -> {
                        throw new IllegalStateException("apples");
                    })
                    .join();
        }

        @Test
        default void d_clean() {}
    }

    @ExtendWith({Skips.class, AsyncLoopExtension.class})
    static class SkipsFirst implements Leaks {}

    @ExtendWith({AsyncLoopExtension.class, Skips.class})
    static class SkipsLast implements Leaks {}

    @ExtendWith({Elsewhere.class, AsyncLoopExtension.class})
    static class ElsewhereFirst implements Leaks {}

    @ExtendWith({AsyncLoopExtension.class, Elsewhere.class})
    static class ElsewhereLast implements Leaks {}

    private static final String FIX = "; write @ExtendWith({AsyncLoopExtension.class, Skips.class})";

    private static String bypassed(String test) {
        return "SkippedChainTests." + test + " did not run on its event loop: Skips, which is registered before"
                + " AsyncLoopExtension, called the test method itself" + FIX;
    }

    @Test
    void a_method_that_was_called_past_the_loop_fails_and_what_can_be_told_is_told() {
        Run run = run(SkipsFirst.class);
        assertThat(run.failures())
                .containsOnlyKeys("a_thread()", "b_virtual_thread()", "c_exception()", "d_clean()")
                .allSatisfy((name, failure) -> assertThat(failure)
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasMessage(bypassed("SkipsFirst." + name)));
        assertThat(suppressed(run, "a_thread()")).singleElement().asString().contains("platform thread \"lost\"");
        assertThat(suppressed(run, "c_exception()")).singleElement().asString().contains("uncaught exception");
        assertThat(suppressed(run, "d_clean()")).isEmpty();
    }

    private static List<Throwable> suppressed(Run run, String test) {
        return Stream.of(run.failure(test).getSuppressed())
                .filter(LeakError.class::isInstance)
                .toList();
    }

    @Test
    void in_the_order_that_the_message_names_all_is_seen() {
        assertOnlyLeaksFail(SkipsLast.class);
    }

    @Test
    void one_that_goes_on_in_a_thread_of_its_own_may_come_first() {
        assertOnlyLeaksFail(ElsewhereFirst.class);
    }

    @Test
    void or_last_where_the_body_is_on_no_loop_and_what_it_leaves_is_still_the_tests() {
        assertOnlyLeaksFail(ElsewhereLast.class);
    }

    private static void assertOnlyLeaksFail(Class<?> fixture) {
        Run run = run(fixture);
        assertThat(run.failures())
                .containsOnlyKeys("a_thread()", "b_virtual_thread()", "c_exception()")
                .allSatisfy((name, failure) -> assertThat(failure)
                        .isInstanceOf(LeakError.class)
                        .hasMessageContaining(" left 1 thing behind\n"));
        assertThat(run.failure("b_virtual_thread()")).hasMessageContaining("virtual thread \"lost\"");
    }

    @ExtendWith(Skips.class)
    static class Around {
        @Nested
        @ExtendWith(AsyncLoopExtension.class)
        @LoopScope(LoopScope.Scope.CLASS)
        class Inside {
            @RepeatedTest(2)
            void again() {}

            @TestFactory
            Stream<DynamicTest> factory() {
                return Stream.of(DynamicTest.dynamicTest("dynamic", () -> {}));
            }
        }
    }

    @Test
    void so_it_is_with_templates_and_factories_and_what_a_class_around_registers() {
        Run run = run(Around.class);
        assertThat(run.failures().keySet())
                .containsExactlyInAnyOrder("repetition 1 of 2", "repetition 2 of 2", "factory()");
        assertThat(run.failure("repetition 2 of 2")).hasMessage(bypassed("Around.Inside.again() repetition 2 of 2"));
        assertThat(run.failure("factory()")).hasMessage(bypassed("Around.Inside.factory()"));
        assertThat(run.succeeded()).contains("dynamic");
    }

    @ExtendWith({LetsThrough.class, Skips.class, AsyncLoopExtension.class})
    static class OneOfTwo {
        @Test
        void test() {}
    }

    @Test
    void where_it_may_be_one_of_several_all_are_named() {
        assertThat(run(OneOfTwo.class).failure("test()"))
                .hasMessage(
                        "SkippedChainTests.OneOfTwo.test() did not run on its event loop: one of LetsThrough, Skips,"
                            + " which are registered before AsyncLoopExtension, called the test method itself; write"
                            + " @ExtendWith({AsyncLoopExtension.class, LetsThrough.class, Skips.class})");
    }

    static class ByMethod {
        @Test
        @ExtendWith({Skips.class, AsyncLoopExtension.class})
        void test() {}
    }

    @Test
    void where_the_class_does_not_tell_who_it_is_the_message_says_so() {
        assertThat(run(ByMethod.class).failure("test()"))
                .hasMessage("SkippedChainTests.ByMethod.test() did not run on its event loop: an extension that is"
                        + " registered before AsyncLoopExtension called the test method itself; let"
                        + " @ExtendWith(AsyncLoopExtension.class) come before whatever registers that");
    }

    @ExtendWith({DryRun.class, AsyncLoopExtension.class})
    static class IsNotRun {
        @Test
        void one() {
            throw new AssertionError("it was run");
        }

        @Test
        void other() {
            throw new AssertionError("it was run");
        }
    }

    @Test
    void a_method_that_nobody_called_fails_nobody_and_is_told_once() {
        try (LogCapture log = LogCapture.start()) {
            assertThat(run(IsNotRun.class).failures()).isEmpty();
            assertThat(log.messages()).singleElement().asString().matches("""
                SkippedChainTests\\.IsNotRun\\.\\w+\\(\\) did not run on its event loop: DryRun, which is registered before \
                AsyncLoopExtension, skipped the test method, or called it itself; write \
                @ExtendWith\\(\\{AsyncLoopExtension\\.class, DryRun\\.class\\}\\)\
                """);
        }
    }

    @ExtendWith({LetsThrough.class, AsyncLoopExtension.class})
    static class ComesToItsLoop {
        @BeforeEach
        void setUp(EventLoop loop) {}

        @RepeatedTest(2)
        void again() {}

        @Test
        void on_the_loop(EventLoop loop) {
            assertThat(EventLoop.running()).isSameAs(loop);
        }
    }

    @ExtendWith({Skips.class, AsyncLoopExtension.class})
    static class NeverGetsThere {
        @BeforeEach
        void setUp(TestInfo test) {
            assertThat(test.getDisplayName()).isNotEqualTo("fails_before()");
            assumeFalse(test.getDisplayName().equals("aborted_before()"));
        }

        @Test
        void fails_before() {}

        @Test
        void aborted_before() {}

        @Test
        void aborted() {
            assumeFalse(true);
        }

        @Test
        void fails() {
            throw new IllegalStateException("apples");
        }

        @Test
        @Disabled("on purpose")
        void disabled() {}
    }

    @Test
    void what_fails_or_ends_otherwise_keeps_its_own_failure() {
        try (LogCapture log = LogCapture.start()) {
            assertThat(run(ComesToItsLoop.class).failures()).isEmpty();
            Run run = run(NeverGetsThere.class);
            assertThat(run.failures().keySet())
                    .containsExactlyInAnyOrder("fails_before()", "aborted_before()", "aborted()", "fails()");
            assertThat(run.aborted()).containsExactlyInAnyOrder("aborted_before()", "aborted()");
            assertThat(run.skipped()).containsExactly("disabled()");
            assertThat(run.failures().values())
                    .noneMatch(ExtensionConfigurationException.class::isInstance)
                    .allMatch(failure -> failure.getSuppressed().length == 0);
            assertThat(log.messages()).isEmpty();
        }
    }
}
