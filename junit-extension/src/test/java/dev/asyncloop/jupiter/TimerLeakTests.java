package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.ReturnWhen;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TimerHandle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Timers and callbacks that a test leaves on its loop. */
class TimerLeakTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    private static String at(String method, String marker) throws IOException {
        return Line.of(TimerLeakTests.class, method, marker);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Alarm {
        @Test
        void sets_it(EventLoop loop) {
            loop.callLater(LONG, () -> {}); // alarm
        }

        @Test
        void sets_it_for_a_time(EventLoop loop) {
            loop.callAt(loop.time().plus(LONG), new Runnable() {
                @Override
                public void run() {}

                @Override
                public String toString() {
                    return "the bell";
                }
            });
        }

        @Test
        void sets_it_and_cancels_it(EventLoop loop) {
            loop.callLater(LONG, () -> {}).cancel();
        }
    }

    @Test
    void a_pending_timer_fails_the_test() throws IOException {
        Run run = Run.of(Alarm.class);
        assertThat(run.failures()).hasSize(2);
        assertThat(run.failure("sets_it(EventLoop)"))
                .hasMessage("""
                    TimerLeakTests.Alarm.sets_it() left 1 thing behind
                      1. pending timer, due in 5 min, of a lambda in TimerLeakTests.Alarm
                           created  %s
                           fix      cancel its handle, or wait until it is due\
                    """.formatted(at("$Alarm.sets_it", "alarm")))
                .isInstanceOfSatisfying(
                        LeakError.class,
                        error -> assertThat(error.leaks())
                                .extracting(Leak::kind)
                                .containsExactly(LeakKind.PENDING_TIMER));
        assertThat(run.failure("sets_it_for_a_time(EventLoop)"))
                .hasMessageContaining("1. pending timer, due in 5 min, of the bell");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Due {
        static final List<String> RAN = new ArrayList<>();

        @Test
        void is_due(EventLoop loop) {
            loop.callLater(Duration.ZERO, () -> RAN.add("timer"));
            loop.callSoon(() -> loop.callSoon(() -> RAN.add("callback")));
        }
    }

    @Test
    void what_is_due_is_called_before_it_is_judged() {
        Due.RAN.clear();
        assertThat(Run.of(Due.class).failures()).isEmpty();
        assertThat(Due.RAN).containsExactlyInAnyOrder("timer", "callback");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OfOurs {
        @Test
        void waits(EventLoop loop) {
            loop.createBackgroundTask("sleeps", () -> Asyncio.sleep(LONG));
            LoopFuture<?> never = loop.createFuture();
            loop.createBackgroundTask("waits", () -> Asyncio.awaitDone(Set.of(never), ReturnWhen.ALL_COMPLETED, LONG));
            loop.createBackgroundTask("is limited", () -> Asyncio.waitFor(never, LONG));
            loop.createBackgroundTask("sets an alarm", () -> loop.callLater(LONG, () -> {}));
            Asyncio.timeout(LONG);
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void timers_of_ours_and_those_of_background_tasks_are_no_leak() {
        assertThat(Run.of(OfOurs.class).failures()).isEmpty();
    }

    @VirtualTime
    @LoopScope(LoopScope.Scope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SharedLoop {
        static final List<String> RAN = new ArrayList<>();
        static TimerHandle ofTheClass;
        static ScheduledExecutorService view;
        static boolean terminated;
        static Duration time;

        @BeforeAll
        static void set(EventLoop loop) {
            ofTheClass = loop.callLater(Duration.ofDays(1), () -> RAN.add("of the class"));
            view = loop.asExecutor();
        }

        @Test
        void a_leaves_timers(EventLoop loop) {
            loop.callLater(LONG, () -> RAN.add("timer"));
            view.scheduleAtFixedRate(() -> RAN.add("periodic"), 1, 1, TimeUnit.MINUTES);
            view.schedule(() -> RAN.add("delayed"), 1, TimeUnit.HOURS);
            loop.createTask("ends late", () -> {
                try {
                    Asyncio.sleep(LONG);
                } finally {
                    loop.callLater(LONG, () -> RAN.add("of a clean-up"));
                }
            });
            Asyncio.sleep(Duration.ZERO);
        }

        @Test
        void b_is_clean(EventLoop loop) {
            time = loop.time();
            Asyncio.sleep(Duration.ofHours(1));
        }

        @AfterAll
        static void end() throws InterruptedException {
            ofTheClass.cancel();
            view.shutdown();
            terminated = view.awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    @Test
    void on_a_shared_loop_only_the_tests_own_count_and_none_of_them_fires_later_and_no_time_is_advanced() {
        SharedLoop.RAN.clear();
        Run run = Run.of(SharedLoop.class);
        assertThat(run.failures()).containsOnlyKeys("a_leaves_timers(EventLoop)");
        assertThat(run.failure("a_leaves_timers(EventLoop)")).hasMessageContaining("left 4 things behind");
        assertThat(SharedLoop.RAN).isEmpty();
        assertThat(SharedLoop.time).isZero();
        assertThat(SharedLoop.terminated).isTrue();
    }

    @LoopScope(LoopScope.Scope.CLASS)
    static class OfTheClass {
        @BeforeAll
        static void set(EventLoop loop) {
            loop.callLater(LONG, () -> {});
        }

        @Test
        void test() {}
    }

    @Test
    void a_timer_of_the_class_is_the_classs() {
        Run run = Run.of(OfTheClass.class);
        assertThat(run.failures()).containsOnlyKeys("TimerLeakTests$OfTheClass");
        assertThat(run.failure("TimerLeakTests$OfTheClass")).hasMessageContaining("1. pending timer, due in 5 min");
    }

    /** Some code under test that sets a timer for good when it is first used. */
    static class Expiry {
        static final TimerHandle TIMER = EventLoop.running().callLater(LONG, () -> {});
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FirstUse {
        @Test
        void uses() {
            assertThat(Expiry.TIMER.isCancelled()).isFalse();
        }
    }

    @Test
    void what_a_class_initialiser_sets_is_charged_to_nobody() {
        assertThat(Run.of(FirstUse.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Commands {
        @Test
        void delays(EventLoop loop) {
            loop.asExecutor().schedule(() -> {}, 5, TimeUnit.MINUTES); // delays
        }

        @Test
        void repeats(EventLoop loop) {
            loop.asExecutor().scheduleWithFixedDelay(() -> {}, 0, 90, TimeUnit.SECONDS); // repeats
        }

        @Test
        void repeats_and_is_running(EventLoop loop) {
            loop.asExecutor().scheduleAtFixedRate(() -> Asyncio.sleep(LONG), 0, 1, TimeUnit.HOURS); // running
        }

        @Test
        void repeats_without_a_pause(EventLoop loop) {
            loop.asExecutor().scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.NANOSECONDS);
        }

        @Test
        void cancels(EventLoop loop) {
            loop.asExecutor()
                    .scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS)
                    .cancel(false);
        }

        @Test
        void shuts_down(EventLoop loop) {
            try (ScheduledExecutorService view = loop.asExecutor()) {
                view.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
            }
        }

        @Test
        void does_at_once(EventLoop loop) {
            loop.asExecutor().execute(() -> {});
            loop.asExecutor().schedule(() -> {}, 0, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_delayed_or_periodic_command_fails_the_test() throws IOException {
        Run run = Run.of(Commands.class);
        assertThat(run.failures())
                .containsOnlyKeys(
                        "delays(EventLoop)",
                        "repeats(EventLoop)",
                        "repeats_and_is_running(EventLoop)",
                        "repeats_without_a_pause(EventLoop)");
        assertThat(run.failure("repeats_and_is_running(EventLoop)"))
                .hasMessageMatching("(?s).* left 1 thing behind\n"
                        + "  1. pending periodic command, every 60 min, next after this run, of a lambda in .*\n"
                        + "       below    pending task \"task-\\d+\" \\(suspended in sleep, 5 min left\\) at .*");
        assertThat(run.failure("repeats_without_a_pause(EventLoop)"))
                .hasMessageContaining("left 1 thing behind\n  1. pending periodic command, every 0 ms, next ");
        assertThat(run.failure("delays(EventLoop)")).hasMessage("""
            TimerLeakTests.Commands.delays() left 1 thing behind
              1. pending delayed command, due in 5 min, of a lambda in TimerLeakTests.Commands
                   created  %s
                   fix      cancel its future, or shut its executor down with shutdownNow\
            """.formatted(at("$Commands.delays", "delays")));
        assertThat(run.failure("repeats(EventLoop)")).hasMessage("""
            TimerLeakTests.Commands.repeats() left 1 thing behind
              1. pending periodic command, every 90 s, next due in 90 s, of a lambda in TimerLeakTests.Commands
                   created  %s
                   fix      cancel its future, or shut its executor down with shutdownNow\
            """.formatted(at("$Commands.repeats", "repeats")));
    }

    @LoopScope(LoopScope.Scope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Endless {
        static int ticks;
        static int later;

        private static void tick(EventLoop loop) {
            ticks++;
            loop.callSoon(() -> tick(loop));
        }

        private static void timerTick(EventLoop loop) {
            ticks++;
            loop.callLater(Duration.ZERO, () -> timerTick(loop)); // again
        }

        @Test
        void a_ticks(EventLoop loop) {
            tick(loop);
        }

        @Test
        void b_ticks_by_timers(EventLoop loop) {
            timerTick(loop);
        }

        @Test
        void c_is_clean() {
            int before = ticks;
            for (int turn = 0; turn < 5; turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
            later = ticks - before;
        }
    }

    @Test
    void a_callback_that_goes_on_scheduling_itself_fails_the_test_and_is_ended() throws IOException {
        Run run = Run.of(Endless.class);
        assertThat(run.failures()).containsOnlyKeys("a_ticks(EventLoop)", "b_ticks_by_timers(EventLoop)");
        assertThat(run.failure("a_ticks(EventLoop)")).hasMessage("""
            TimerLeakTests.Endless.a_ticks() left 1 thing behind
              1. callback that goes on scheduling itself, a lambda in TimerLeakTests.Endless
                   fix      let it end, e.g. when the test says so, or start a background task instead
              hint: EventLoop.setDebug(true), before it is scheduled, shows the line that does so\
            """);
        assertThat(run.failure("b_ticks_by_timers(EventLoop)"))
                .hasMessage("""
                    TimerLeakTests.Endless.b_ticks_by_timers() left 1 thing behind
                      1. timer that goes on scheduling itself, a lambda in TimerLeakTests.Endless
                           created  %s
                           fix      let it end, e.g. when the test says so, or start a background task instead\
                    """.formatted(at("$Endless.timerTick", "again")));
        assertThat(Endless.later).isZero();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class EndlessInDebugMode {
        private void tick(EventLoop loop) {
            loop.callSoon(() -> tick(loop));
        }

        @Test
        void ticks(EventLoop loop) {
            loop.setDebug(true);
            tick(loop);
        }
    }

    @Test
    void in_debug_mode_the_line_is_told_and_no_hint() throws IOException {
        assertThat(Run.of(EndlessInDebugMode.class).failure("ticks(EventLoop)"))
                .message()
                .contains("created  dev.asyncloop.jupiter.TimerLeakTests$EndlessInDebugMode.tick(TimerLeakTests.java:")
                .doesNotContain("hint");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class LooksEndless {
        private int left = 90;

        private void tick(EventLoop loop) {
            if (left-- > 0) {
                loop.callSoon(() -> tick(loop));
            }
        }

        @Test
        void ends_after_some_turns(EventLoop loop) {
            tick(loop);
        }

        @Test
        void is_scheduled_by_a_background_task(EventLoop loop) {
            loop.createBackgroundTask("busy", () -> {
                while (true) {
                    loop.callSoon(() -> {});
                    Task<?> task = loop.createTask(() -> {});
                    task.addDoneCallback(done -> {});
                    Asyncio.sleep(Duration.ZERO);
                }
            });
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Stubborn {
        @Test
        void schedules(EventLoop loop) {
            loop.createTask("stubborn", () -> {
                while (!loop.isClosed()) {
                    try {
                        loop.callSoon(() -> {});
                        Asyncio.sleep(Duration.ZERO);
                    } catch (CancelledException ignored) {
                        // goes on
                    }
                }
            });
        }
    }

    @Test
    void nor_is_one_that_a_task_schedules_which_does_not_end() {
        assertThat(Run.of(Stubborn.class).failure("schedules(EventLoop)"))
                .hasMessageContaining("left 1 thing behind")
                .hasMessageContaining("\"stubborn\"");
    }

    @Test
    void a_callback_that_ends_or_that_a_background_task_schedules_is_no_leak() {
        assertThat(Run.of(LooksEndless.class).failures()).isEmpty();
    }
}
