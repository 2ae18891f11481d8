package dev.asyncloop.samples.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.MockedStatic;
import org.mockito.Mockito;

/** Whatever Jupiter calls a test is a coroutine on a loop, and all its phases are the same one. */
@ExtendWith({AsyncLoopExtension.class, SoftAssertionsExtension.class})
class JupiterTests {

    private final Till till = new Till();
    private final ReentrantLock key = new ReentrantLock();
    private final Thread coroutine = Thread.currentThread();

    @InjectSoftAssertions
    private SoftAssertions softly;

    private MockedStatic<Till.Catalogue> catalogue;

    @BeforeEach
    void open(EventLoop loop) {
        key.lock();
        catalogue = Mockito.mockStatic(Till.Catalogue.class);
        catalogue.when(() -> Till.Catalogue.price("apple")).thenReturn(50);
        assertThat(EventLoop.running()).isSameAs(loop);
    }

    @AfterEach
    void close() {
        catalogue.close(); // mocked for one thread only: the one that all of a test runs on
        key.unlock(); // would throw in another thread than the one that locked it
        assertThat(Thread.currentThread()).isSameAs(coroutine);
    }

    @Test
    void a_test() {
        till.scan("apple");
        softly.assertThat(till.total()).isEqualTo(50);
        softly.assertThat(key.isHeldByCurrentThread()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "3, 150"})
    void one_with_parameters(int count, int total) {
        for (int i = 0; i < count; i++) {
            till.scan("apple");
        }
        softly.assertThat(till.total()).isEqualTo(total);
    }

    @RepeatedTest(3)
    void one_that_is_repeated(EventLoop loop) {
        Task<Boolean> customer = loop.createTask(() -> key.tryLock());
        assertThat(customer.await()).isFalse(); // the key is the coroutine's that runs this test
    }

    @TestFactory
    Stream<DynamicTest> one_that_is_made_at_run_time() {
        return Stream.of("apple", "pear")
                .map(article -> dynamicTest(article, () -> {
                    till.scan(article);
                    assertThat(till.total()).isEqualTo(50); // a pear has no price here
                    assertThat(key.isHeldByCurrentThread()).isTrue();
                }));
    }

    @Nested
    class Nested_in_another_class {

        @BeforeEach
        void scan() {
            till.scan("apple");
        }

        @Test
        void a_test() {
            till.scan("apple");
            assertThat(till.total()).isEqualTo(100);
        }
    }
}
