package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mockito.MockedStatic;
import org.mockito.Mockito;

/** What lives in thread-locals of JUnit's thread is there in the test, and the other way round. */
class ThreadLocalTests {

    private static final ThreadLocal<String> VALUE = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();
    private static final AtomicReference<String> SEEN_AFTER = new AtomicReference<>();

    @AfterEach
    void clean() {
        VALUE.remove();
        INHERITED.remove();
        SEEN_AFTER.set(null);
    }

    static class OfAnotherExtension implements BeforeEachCallback, AfterEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            VALUE.set("extension");
            INHERITED.set("extension");
        }

        @Override
        public void afterEach(ExtensionContext context) {
            SEEN_AFTER.set(VALUE.get());
        }
    }

    @ExtendWith({OfAnotherExtension.class, AsyncLoopExtension.class})
    static class Values {
        @BeforeEach
        void beforeEach() {
            assertThat(VALUE.get()).isEqualTo("extension");
            VALUE.set("set-up");
        }

        @Test
        void test() throws Exception {
            assertThat(VALUE.get()).isEqualTo("set-up");
            Thread.sleep(Duration.ofMillis(1));
            assertThat(VALUE.get()).isEqualTo("set-up");
            VALUE.set("test");
        }

        @Test
        void a_thread_it_starts_inherits() throws Exception {
            AtomicReference<String> inherited = new AtomicReference<>();
            Thread.startVirtualThread(() -> inherited.set(INHERITED.get())).join();
            assertThat(inherited).hasValue("extension");
            VALUE.set("test");
        }

        @AfterEach
        void afterEach() {
            assertThat(VALUE.get()).isEqualTo("test");
            VALUE.set("tear-down");
        }
    }

    @Test
    void a_value_is_the_same_in_every_phase_and_in_other_extensions() {
        assertThat(Run.of(Values.class).failures()).isEmpty();
        assertThat(SEEN_AFTER).hasValue("tear-down");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ClassLoaders {
        static final ClassLoader LOADER = new ClassLoader() {};

        @Test
        void sets() {
            Thread.currentThread().setContextClassLoader(LOADER);
        }
    }

    @Test
    void the_context_class_loader_is_that_of_junits_thread() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            assertThat(Run.of(ClassLoaders.class).failures()).isEmpty();
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(ClassLoaders.LOADER);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @ExtendWith({AsyncLoopExtension.class, SoftAssertionsExtension.class})
    static class Soft {
        @InjectSoftAssertions
        SoftAssertions softly;

        @Test
        void fails_twice() {
            softly.assertThat(1).isEqualTo(2);
            softly.assertThat("a").isEqualTo("b");
        }

        @Test
        void by_parameter(SoftAssertions parameter) {
            parameter.assertThat(1).isEqualTo(3);
        }
    }

    @Test
    void soft_assertions_are_collected() {
        Run run = Run.of(Soft.class);
        assertThat(run.failure("fails_twice()")).hasMessageContaining("(2 failures)");
        assertThat(run.failure("by_parameter(SoftAssertions)")).hasMessageContaining("expected: 3");
    }

    /** Something static to mock. */
    static class Greeting {
        static String text() {
            return "hello";
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class StaticMocks {
        private MockedStatic<Greeting> greeting;

        @BeforeEach
        void mock() {
            greeting = Mockito.mockStatic(Greeting.class);
            greeting.when(Greeting::text).thenReturn("mocked");
        }

        @Test
        void sees_it() throws Exception {
            assertThat(Greeting.text()).isEqualTo("mocked");
            Thread.sleep(Duration.ofMillis(1));
            assertThat(Greeting.text()).isEqualTo("mocked");
        }

        @AfterEach
        void close() {
            greeting.close();
            assertThat(Greeting.text()).isEqualTo("hello");
        }
    }

    @Test
    void a_static_mock_of_the_set_up_is_there_in_the_test() {
        assertThat(Run.of(StaticMocks.class).failures()).isEmpty();
    }
}
