package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.agent.JdkEditor;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
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

    /** Its pool is terminated before its worker ends: the worker waits until the account waits for it. */
    @ExtendWith(AsyncLoopExtension.class)
    static class Terminated {
        private static Thread junit;
        private static volatile boolean over;

        private static void waitForTheAccount() {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!(over && junit.getState() == Thread.State.TIMED_WAITING) && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }

        private static Thread slowToEnd(Runnable worker) {
            return new Thread(() -> {
                try {
                    worker.run();
                } finally {
                    waitForTheAccount();
                }
            });
        }

        @Test
        void waits_for_the_pool_only() {
            try (ExecutorService pool = Executors.newFixedThreadPool(1, Terminated::slowToEnd)) {
                pool.execute(UncaughtExceptionTests::fail);
            }
            over = true;
        }
    }

    @Test
    void the_worker_of_a_terminated_executor_is_waited_for() {
        Terminated.junit = Thread.currentThread();
        assertThat(Run.of(Terminated.class).failure("waits_for_the_pool_only()"))
                .hasMessageContaining("uncaught exception of thread");
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
    }

    @Test
    void what_is_handled_or_ends_a_thread_as_it_should_is_no_finding() {
        assertThat(Run.of(Nothing.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ThreadsOfTheJdk {
        @Test
        void innocuous() throws Exception {
            Class<?> type = Class.forName("jdk.internal.misc.InnocuousThread");
            Method maker = JdkAccess.accessible(type.getMethod("newThread", Runnable.class));
            Runnable body = UncaughtExceptionTests::fail;
            Thread thread = (Thread) maker.invoke(null, body);
            thread.start();
            thread.join();
        }

        @Test
        void of_a_channel_group() throws Exception {
            CountDownLatch called = new CountDownLatch(1);
            List<Thread> threads = new CopyOnWriteArrayList<>();
            AsynchronousChannelGroup group = AsynchronousChannelGroup.withFixedThreadPool(1, body -> {
                Thread thread = new Thread(body);
                threads.add(thread);
                return thread;
            });
            try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open(group)
                            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    Socket client = new Socket()) {
                server.accept(null, new CompletionHandler<AsynchronousSocketChannel, @Nullable Void>() {
                    @Override
                    public void completed(AsynchronousSocketChannel accepted, @Nullable Void none) {
                        try (accepted) {
                            fail();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            called.countDown();
                        }
                    }

                    @Override
                    public void failed(Throwable thrown, @Nullable Void none) {
                        called.countDown();
                    }
                });
                client.connect(server.getLocalAddress());
                called.await();
                threads.getFirst().join();
            } finally {
                group.shutdownNow();
                assertThat(group.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void what_ends_a_thread_that_the_jdk_made_for_itself_fails_no_test() {
        JdkEditor.open(JdkAccess.instrumentation(), "jdk.internal.misc");
        assertThat(Run.of(ThreadsOfTheJdk.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class WaysOfTheJdk {
        @Test
        void a_timer() throws InterruptedException {
            AtomicReference<Thread> thread = new AtomicReference<>();
            CountDownLatch began = new CountDownLatch(1);
            new Timer()
                    .schedule(
                            new TimerTask() {
                                @Override
                                public void run() {
                                    thread.set(Thread.currentThread());
                                    began.countDown();
                                    fail();
                                }
                            },
                            0);
            began.await();
            thread.get().join();
        }

        @Test
        void a_pool_that_starts_a_thread() throws Exception {
            Thread thread = new Thread(UncaughtExceptionTests::fail);
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.submit(thread::start).get();
            }
            thread.join();
        }
    }

    @Test
    void what_ends_a_thread_that_the_jdk_made_for_its_caller_does() {
        assertThat(Run.of(WaysOfTheJdk.class).failures())
                .hasSize(2)
                .allSatisfy((test, failure) -> assertThat(failure).hasMessageContaining("3 apples expected"));
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
