package dev.asyncloop.leak.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** An executor that was shut down may live on for its commands, which the message names; and it always has a name. */
class KeptExecutorTests {

    /** What a test leaves behind. */
    private static ExecutorService left;

    @BeforeAll
    static void see_threads() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    @AfterEach
    void end() {
        if (left != null) {
            left.shutdownNow();
            left = null;
        }
    }

    private static List<Leak> leftBy(ThrowingRunnable body) {
        return Leaks.find("body", body);
    }

    private static ScheduledThreadPoolExecutor scheduler() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1);
        left = made;
        return made;
    }

    @Test
    void a_delayed_command_keeps_it() {
        assertThat(leftBy(() -> {
                    ScheduledExecutorService scheduler = scheduler();
                    scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
                    scheduler.shutdown();
                }))
                .extracting(Leak::kind, Leak::what, Leak::fix)
                .containsExactly(tuple(
                        LeakKind.EXECUTOR,
                        "ScheduledThreadPoolExecutor that was shut down, kept by 1 delayed command, due in 60 min",
                        "cancel the command, or shut it down with shutdownNow"));
    }

    @Test
    void several_do_and_one_that_was_cancelled_does_not_count() {
        assertThat(leftBy(() -> {
                    ScheduledExecutorService scheduler = scheduler();
                    scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
                    scheduler.schedule(() -> {}, 50, TimeUnit.MINUTES);
                    ScheduledFuture<?> third = scheduler.schedule(() -> {}, 2, TimeUnit.HOURS);
                    scheduler.shutdown();
                    third.cancel(false);
                }))
                .extracting(Leak::what)
                .containsExactly("ScheduledThreadPoolExecutor that was shut down, kept by 2 delayed commands,"
                        + " the first due in 50 min");
    }

    @Test
    void one_that_is_cancelled_after_shutdown_keeps_it_all_the_same() {
        assertThat(leftBy(() -> {
                    ScheduledExecutorService scheduler = scheduler();
                    ScheduledFuture<?> command = scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
                    scheduler.shutdown();
                    command.cancel(false);
                }))
                .extracting(Leak::what, Leak::fix)
                .containsExactly(tuple(
                        "ScheduledThreadPoolExecutor that was shut down, kept by 1 cancelled command, due in 60 min",
                        "call setRemoveOnCancelPolicy(true) before it is cancelled, or shut it down with shutdownNow"));
    }

    @Test
    void a_periodic_command_keeps_it_that_may_go_on_after_shutdown() {
        assertThat(leftBy(() -> {
                    ScheduledThreadPoolExecutor scheduler = scheduler();
                    scheduler.setContinueExistingPeriodicTasksAfterShutdownPolicy(true);
                    scheduler.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
                    scheduler.shutdown();
                }))
                .extracting(Leak::what)
                .containsExactly(
                        "ScheduledThreadPoolExecutor that was shut down, kept by 1 periodic command, due in 60 min");
    }

    @Test
    void what_ends_it_leaves_nothing() {
        assertThat(leftBy(() -> {
                    ScheduledExecutorService cancelled = Executors.newScheduledThreadPool(1);
                    cancelled.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);
                    cancelled.shutdown();
                    ScheduledExecutorService stopped = Executors.newScheduledThreadPool(1);
                    stopped.schedule(() -> {}, 1, TimeUnit.HOURS);
                    stopped.shutdownNow();
                    ScheduledExecutorService periodic = Executors.newScheduledThreadPool(1);
                    periodic.scheduleAtFixedRate(() -> {}, 0, 10, TimeUnit.MILLISECONDS);
                    periodic.shutdown();
                    ScheduledExecutorService soon = Executors.newScheduledThreadPool(1);
                    soon.schedule(() -> {}, 100, TimeUnit.MILLISECONDS);
                    soon.shutdown();
                }))
                .isEmpty();
    }

    @Test
    void a_job_that_does_not_end_is_still_told_by_its_thread() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertThat(leftBy(() -> {
                        ScheduledExecutorService scheduler = scheduler();
                        scheduler.execute(() -> {
                            while (end.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                        });
                        scheduler.shutdown();
                    }))
                    .extracting(Leak::kind)
                    .containsExactly(LeakKind.PLATFORM_THREAD);
        } finally {
            end.countDown();
        }
    }

    @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "earlier pools have no delayed commands")
    @Test
    void a_pool_of_forks_is_kept_as_well() {
        ForkJoinPool[] pool = new ForkJoinPool[1];
        try {
            assertThat(leftBy(() -> {
                        pool[0] = new ForkJoinPool(1);
                        ScheduledExecutorService scheduler = (ScheduledExecutorService) (Object) pool[0];
                        scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
                        scheduler.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).get(); // now it knows the other, too
                        pool[0].shutdown();
                    }))
                    .extracting(Leak::what)
                    .containsExactly("ForkJoinPool that was shut down, kept by 1 delayed command");
        } finally {
            pool[0].shutdownNow();
        }
    }

    @Test
    void an_executor_without_a_name_goes_by_its_superclass() {
        assertThat(leftBy(() -> {
                    left = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>()) {
                        @Override
                        protected void terminated() {}
                    };
                    left.submit(() -> {}).get();
                }))
                .extracting(Leak::what)
                .first()
                .asString()
                .startsWith("unclosed ThreadPoolExecutor (");
    }

    @Test
    void so_does_a_pool_of_forks() {
        assertThat(leftBy(() -> {
                    left = new ForkJoinPool(1, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, false) {};
                    left.submit(() -> {}).get();
                }))
                .extracting(Leak::what)
                .first()
                .asString()
                .startsWith("unclosed ForkJoinPool (");
    }

    @Test
    void so_does_one_that_a_command_keeps() {
        assertThat(leftBy(() -> {
                    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1) {
                        @Override
                        protected void terminated() {}
                    };
                    left = scheduler;
                    scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
                    scheduler.shutdown();
                }))
                .extracting(Leak::what)
                .first()
                .asString()
                .startsWith("ScheduledThreadPoolExecutor that was shut down");
    }
}
