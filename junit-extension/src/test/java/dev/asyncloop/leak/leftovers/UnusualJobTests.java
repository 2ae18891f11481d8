package dev.asyncloop.leak.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.testing.LeftOpen;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that are given in unusual ways still belong to whoever gave them. The pools are nobody's. */
@Timeout(120)
class UnusualJobTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private final CountDownLatch end = new CountDownLatch(1);
    private final ThreadPoolExecutor pool = pool(1, Thread::new);
    private final ThreadPoolExecutor other = pool(1, Thread::new);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    private static ThreadPoolExecutor pool(int core, ThreadFactory threads) {
        return new ThreadPoolExecutor(core, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
    }

    @AfterEach
    void end_all() {
        end.countDown();
        pool.shutdownNow();
        other.shutdownNow();
        timer.shutdownNow();
    }

    private void waitForTheEnd() {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException goesOn) {
                over = false;
            }
        }
    }

    /** What shows whose job it was. */
    private void leaveThread() {
        Thread.ofPlatform().daemon().name("left").start(this::waitForTheEnd);
    }

    private static void await(ExecutorService idle) throws Exception {
        idle.submit(() -> {}).get();
    }

    private static void assertClean(ThrowingRunnable body) {
        assertThat(Leaks.find("a clean test", body)).isEmpty();
    }

    private static void assertLeavesThread(ThrowingRunnable body) {
        assertThat(Leaks.find("a test", body)).singleElement().satisfies(leak -> {
            assertThat(leak.kind()).isEqualTo(LeakKind.PLATFORM_THREAD);
            assertThat(leak.what()).contains("\"left\"");
        });
    }

    private static void assertPending(String what, ThrowingRunnable body) {
        assertThat(Leaks.find("a test", body))
                .singleElement()
                .extracting(Leak::what)
                .asString()
                .startsWith(what);
    }

    @Test
    void a_pool_that_fails_to_make_a_thread_has_no_job() {
        ThreadPoolExecutor broken = pool(1, job -> {
            throw new IllegalStateException("no threads today");
        });
        assertClean(() -> assertThrows(IllegalStateException.class, () -> broken.execute(this::waitForTheEnd)));
    }

    /** It has queued the job before. */
    @Test
    void a_pool_that_fails_to_make_a_thread_may_have_the_job_in_its_queue() {
        ThreadPoolExecutor broken = pool(0, job -> {
            throw new IllegalStateException("no threads today");
        });
        assertPending(
                "pending job in a ThreadPoolExecutor (queued)",
                () -> assertThrows(IllegalStateException.class, () -> broken.execute(this::waitForTheEnd)));
    }

    @Test
    void a_pool_that_gets_no_thread_has_the_job_in_its_queue() {
        ThreadPoolExecutor without = pool(1, UnusualJobTests::none);
        assertPending("pending job in a ThreadPoolExecutor (queued)", () -> without.execute(this::waitForTheEnd));
    }

    @SuppressWarnings("NullAway") // as the interface allows
    private static @Nullable Thread none(Runnable job) {
        return null;
    }

    @Test
    void whose_pool_failed_before_is_the_givers_all_the_same() {
        boolean[] fails = {true};
        ThreadPoolExecutor moody = pool(1, job -> {
            if (fails[0]) {
                throw new IllegalStateException("no threads now");
            }
            return new Thread(job);
        });
        assertClean(() -> assertThrows(IllegalStateException.class, () -> moody.execute(this::leaveThread)));
        fails[0] = false;
        assertLeavesThread(() -> {
            moody.execute(this::leaveThread);
            await(moody);
        });
        moody.shutdownNow();
    }

    /** The same object is another job each time. */
    @Test
    void one_that_is_given_again_is_its_new_givers() {
        Runnable[] doing = {() -> {}};
        Runnable job = () -> doing[0].run();
        assertClean(() -> {
            pool.execute(job);
            await(pool);
        });
        doing[0] = this::leaveThread;
        assertLeavesThread(() -> {
            pool.execute(job);
            await(pool);
        });
    }

    @Test
    void one_that_gives_itself_again_stays_its_first_givers() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> timer.schedule(again[0], 1, TimeUnit.HOURS);
        assertPending("pending job in a ScheduledThreadPoolExecutor (due in 60 min)", () -> {
            timer.execute(again[0]);
            await(timer);
        });
    }

    @Test
    void one_that_is_handed_on_to_another_pool_stays_its_first_givers() {
        FutureTask<?> job = new FutureTask<>(this::leaveThread, null);
        assertLeavesThread(() -> {
            pool.execute(() -> other.execute(job));
            job.get();
        });
    }

    @Test
    void one_that_its_giver_runs_is_its_givers() throws Exception {
        ThreadPoolExecutor busy = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
        busy.execute(this::waitForTheEnd);
        assertLeavesThread(() -> busy.execute(this::leaveThread));
        busy.shutdownNow();
    }

    /** Its giver there is a worker, with a job of its own. */
    @Test
    void one_that_a_worker_runs_for_its_own_job_is_that_jobs() {
        ThreadPoolExecutor busy = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
        busy.execute(this::waitForTheEnd);
        assertLeavesThread(
                () -> pool.submit(() -> busy.execute(this::leaveThread)).get());
        busy.shutdownNow();
    }

    @Test
    void one_that_was_cancelled_in_the_queue_is_none() {
        pool.execute(this::waitForTheEnd);
        assertClean(() -> pool.submit(() -> {}).cancel(false));
    }

    @Test
    void one_that_goes_on_though_it_was_cancelled_is_one() {
        assertPending("pending job in a ThreadPoolExecutor (running in thread", () -> {
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> job = pool.submit(() -> {
                begun.countDown();
                waitForTheEnd();
            });
            begun.await();
            job.cancel(true);
        });
    }
}
