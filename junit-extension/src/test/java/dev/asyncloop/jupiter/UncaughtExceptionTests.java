package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jdk.ThreadOrigins;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.core.CurrentOwner;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What threads of a test end by; and above all what is none of the test's business. */
@ResourceLock("the default handler of uncaught exceptions")
class UncaughtExceptionTests {

    @BeforeAll
    static void see_threads() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    private static String at(String method, String marker) throws IOException {
        return Line.of(UncaughtExceptionTests.class, method, marker);
    }

    private static void fail() {
        throw new AssertionError("\n3 apples expected\nbut were 2"); // throws
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Uncaught {
        @Test
        void in_a_thread() throws InterruptedException {
            Thread thread = new Thread(UncaughtExceptionTests::fail, "counter");
            thread.start(); // thread
            thread.join();
        }

        @Test
        void in_a_thread_that_nobody_waits_for() {
            Thread.ofPlatform().start(UncaughtExceptionTests::fail);
        }

        @Test
        void in_an_executor() {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.execute(UncaughtExceptionTests::fail);
            }
        }

        @Test
        void in_a_virtual_thread() throws InterruptedException {
            Thread thread = Thread.ofVirtual().name("counter").unstarted(UncaughtExceptionTests::fail);
            thread.start(); // virtual
            thread.join();
        }

        @Test
        void in_a_virtual_thread_that_nobody_waits_for() {
            Thread.startVirtualThread(UncaughtExceptionTests::fail);
        }

        @Test
        void in_a_thread_of_a_thread() throws InterruptedException {
            Thread.ofPlatform()
                    .start(() -> Thread.ofPlatform().start(UncaughtExceptionTests::fail))
                    .join();
        }
    }

    @Test
    void it_fails_the_test_whose_thread_that_was() throws IOException {
        Run run = Run.of(Uncaught.class);
        assertThat(run.failures())
                .hasSize(6)
                .allSatisfy((test, failure) -> assertThat(failure)
                        .hasMessageContaining("left 1 thing behind")
                        .isInstanceOfSatisfying(
                                LeakError.class,
                                error -> assertThat(error.leaks())
                                        .extracting(Leak::kind)
                                        .containsExactly(LeakKind.UNCAUGHT_EXCEPTION)));
        assertThat(run.failure("in_a_thread()"))
                .hasMessage("""
                    UncaughtExceptionTests.Uncaught.in_a_thread() left 1 thing behind
                      1. uncaught exception of thread "counter" (java.lang.AssertionError: 3 apples expected)
                           started  %s
                           thrown   %s
                           fix      catch it in the thread, or hand it to the test, e.g. by a future; \
                    or set a handler for uncaught exceptions\
                    """.formatted(at("$Uncaught.in_a_thread", "thread"), at(".fail", "throws")));
        assertThat(run.failure("in_a_virtual_thread()"))
                .hasMessageContaining("uncaught exception of virtual thread \"counter\"")
                .hasMessageContaining("started  " + at("$Uncaught.in_a_virtual_thread", "virtual"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Nothing {
        @Test
        void has_a_handler_for_the_thread() throws InterruptedException {
            Thread.ofPlatform()
                    .uncaughtExceptionHandler((thread, thrown) -> {})
                    .start(UncaughtExceptionTests::fail)
                    .join();
        }

        @Test
        void has_a_handler_for_the_group() throws InterruptedException {
            ThreadGroup group = new ThreadGroup("handling") {
                @Override
                public void uncaughtException(Thread thread, Throwable thrown) {
                    // handled
                }
            };
            Thread.ofPlatform().group(group).start(UncaughtExceptionTests::fail).join();
        }

        @Test
        void has_a_handler_for_all_threads() throws InterruptedException {
            Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});
            try {
                Thread.ofPlatform().start(UncaughtExceptionTests::fail).join();
            } finally {
                Thread.setDefaultUncaughtExceptionHandler(null);
            }
        }

        @Test
        void interrupts_it() throws InterruptedException {
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
            });
            thread.interrupt();
            thread.join();
        }

        @Test
        void cancels_it() throws InterruptedException {
            Thread.ofPlatform()
                    .start(() -> {
                        throw new CancellationException();
                    })
                    .join();
        }

        @Test
        void submits_it_to_an_executor_which_catches_it() {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.submit(UncaughtExceptionTests::fail);
            }
        }
    }

    @Test
    void what_is_handled_or_ends_a_thread_as_it_should_is_no_finding() {
        assertThat(Run.of(Nothing.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Failing {
        @Test
        void fails_with_it() throws Exception {
            AssertionError error = new AssertionError("3 apples expected");
            Thread.ofPlatform()
                    .start(() -> {
                        throw error;
                    })
                    .join();
            throw new Exception("in the thread", error);
        }
    }

    @Test
    void what_the_test_fails_with_itself_is_no_finding_besides() {
        assertThat(Run.of(Failing.class).failure("fails_with_it()"))
                .hasMessage("in the thread")
                .hasNoSuppressedExceptions();
    }
}
