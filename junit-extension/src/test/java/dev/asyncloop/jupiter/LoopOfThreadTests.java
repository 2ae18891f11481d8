package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Event loops that are made on other threads of a test: by a job, or on a thread that the test started. */
@Timeout(60)
class LoopOfThreadTests {

    private static final Duration LONG = Duration.ofHours(1);

    @BeforeAll
    static void see_threads() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    private static String at(String method, String marker) throws IOException {
        return Line.of(LoopOfThreadTests.class, method, marker);
    }

    private static void onThread(Runnable body) {
        try {
            Thread.ofPlatform().start(body).join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Made {

        static final List<EventLoop> LEFT = new ArrayList<>();

        private static void leave() {
            EventLoop loop = EventLoop.create(); // leave
            loop.createTask("left", () -> Asyncio.sleep(LONG)); // task
            loop.callLater(LONG, () -> {}); // call
            LEFT.add(loop);
        }

        @Test
        void by_a_job() {
            Asyncio.toThread(Made::leave);
        }

        @Test
        void on_a_thread() {
            onThread(Made::leave);
        }

        @Test
        void in_a_pool() throws Exception {
            try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
                pool.submit(Made::leave).get();
            }
        }
    }

    @Test
    void a_loop_is_its_makers_with_what_is_pending_on_it() throws IOException {
        Map<String, Throwable> failures = Run.of(Made.class).failures();
        assertThat(failures).containsOnlyKeys("by_a_job()", "on_a_thread()", "in_a_pool()");
        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure).message().endsWith("""
                     left 1 thing behind
                      1. unclosed event loop (1 task pending)
                           created  %s
                           fix      close it, e.g. with try-with-resources
                           below    pending task "left" (not started), created at %s
                                    pending timer, due in 60 min, of a lambda in LoopOfThreadTests.Made, created at %s\
                    """.formatted(
                                at("$Made.leave", "leave"), at("$Made.leave", "task"), at("$Made.leave", "call"))));
        assertThat(Made.LEFT).hasSize(3).allMatch(EventLoop::isClosed);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Running {

        private static void runs(CountDownLatch runs) {
            try (EventLoop loop = EventLoop.create()) { // runs
                loop.runUntilComplete(loop.createTask("body", () -> sleep(runs)));
            } catch (CancelledException ended) {
                // by the account
            }
        }

        private static void sleep(CountDownLatch runs) {
            runs.countDown();
            Asyncio.sleep(LONG); // sleep
        }

        private static void runsForever(CountDownLatch runs) {
            try (EventLoop loop = EventLoop.create()) { // runs for ever
                loop.callSoon(runs::countDown);
                loop.callLater(LONG, () -> {}); // timer
                loop.runForever();
            }
        }

        @Test
        void until_its_body_ends() throws InterruptedException {
            CountDownLatch runs = new CountDownLatch(1);
            Thread.ofPlatform().start(() -> runs(runs));
            runs.await();
        }

        @Test
        void for_ever() throws InterruptedException {
            CountDownLatch runs = new CountDownLatch(1);
            Thread.ofPlatform().start(() -> runsForever(runs));
            runs.await();
        }
    }

    @Test
    void one_that_a_thread_runs_is_ended_there_and_its_thread_with_it() throws IOException {
        Map<String, Throwable> failures = Run.of(Running.class).failures();
        assertThat(failures).containsOnlyKeys("until_its_body_ends()", "for_ever()");
        assertThat(failures.get("until_its_body_ends()"))
                .hasMessage("""
                    LoopOfThreadTests.Running.until_its_body_ends() left 1 thing behind
                      1. unclosed event loop (running, 1 task pending)
                           created  %s
                           fix      close it, e.g. with try-with-resources
                           below    pending task "body" (suspended in sleep, 60 min left) at %s\
                    """.formatted(at("$Running.runs", "runs"), at("$Running.sleep", "sleep")));
        assertThat(failures.get("for_ever()")).hasMessage("""
            LoopOfThreadTests.Running.for_ever() left 1 thing behind
              1. unclosed event loop (running, no task pending)
                   created  %s
                   fix      close it, e.g. with try-with-resources
                   below    pending timer, due in 60 min, of a lambda in LoopOfThreadTests.Running, created at %s\
            """.formatted(
                        at("$Running.runsForever", "runs for ever"), at("$Running.runsForever", "timer")));
    }

    /** Its initialiser makes a loop on a thread of whichever test comes first. */
    static class OfTheClass {
        static final EventLoop LOOP = EventLoop.create();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Innocent {

        static final BlockingQueue<Runnable> WORK = new SynchronousQueue<>();
        static final BlockingQueue<EventLoop> MADE = new LinkedBlockingQueue<>();

        @Test
        void closed_where_they_were_made() {
            Asyncio.toThread(() -> EventLoop.create().close());
            onThread(() -> EventLoop.create().close());
        }

        @Test
        void closed_a_little_later() throws InterruptedException {
            CountDownLatch made = new CountDownLatch(1);
            Thread.ofPlatform().start(() -> {
                try (EventLoop loop = EventLoop.create()) {
                    made.countDown();
                    loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofMillis(200)));
                }
            });
            made.await();
        }

        @Test
        void made_by_a_class_initialiser() {
            onThread(() -> assertThat(OfTheClass.LOOP.isClosed()).isFalse());
        }

        @Test
        void made_by_an_older_thread() throws InterruptedException {
            WORK.put(() -> MADE.add(EventLoop.create()));
            EventLoop loop = MADE.take();
            assertThat(loop.isClosed()).isFalse();
            MADE.add(loop);
        }
    }

    private static void work() {
        try {
            Innocent.WORK.take().run();
        } catch (InterruptedException nothingToDo) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_is_closed_or_nobodys_is_no_leak() throws InterruptedException {
        Thread older = Thread.ofPlatform().daemon().start(LoopOfThreadTests::work);
        assertThat(Run.of(Innocent.class).failures()).isEmpty();
        older.join();
        assertThat(OfTheClass.LOOP.isClosed()).isFalse();
        OfTheClass.LOOP.close();
        EventLoop loop = Innocent.MADE.take();
        assertThat(loop.isClosed()).isFalse();
        loop.close();
    }

    @AfterAll
    static void forget() {
        Made.LEFT.clear();
    }
}
