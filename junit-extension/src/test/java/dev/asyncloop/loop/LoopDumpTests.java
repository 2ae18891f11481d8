package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.snapshot.Activity;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.Latches;
import dev.asyncloop.text.Words;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the dump of a loop shows: its tasks, generators and timers, and who holds which lock. */
@Timeout(30)
class LoopDumpTests {

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final EventLoop loop =
            EventLoop.create(LoopOptions.defaults().owner(Owner.named("test")), watchdog.watchdog());

    private final LoopFuture<String> end = loop.createFuture();

    private void turn() {
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
    }

    @Test
    void an_idle_loop_has_nothing_to_show() {
        assertThat(LoopDump.of(loop)).isEqualTo("  no task is pending");
    }

    @Test
    void tasks_generators_timers_and_what_is_ready_are_shown() {
        loop.createBackgroundTask("server", () -> end.await());
        loop.runUntilComplete(
                () -> AsyncGenerator.of(emitter -> emitter.emit("x")).iterator().next());
        loop.callLater(Duration.ofSeconds(100), () -> {}).cancel();
        loop.callLater(Duration.ofSeconds(5), () -> {});
        loop.callLater(Duration.ofSeconds(7), () -> {});
        loop.callSoon(() -> {});
        assertThat(LoopDump.of(loop)).matches("""
            1\\. background task "server" \\(suspended in await of a future\\)
                 created  .*LoopDumpTests.*
                 waiting  .*LoopDumpTests.*
            2\\. async generator \\(suspended in emit\\)
                 created  .*LoopDumpTests.*
                 waiting  .*LoopDumpTests.*
            2 timers, next in 5 s
            1 step is ready\
            """.indent(2).stripTrailing());
    }

    @Test
    void where_many_are_alike_they_are_one_entry() {
        start(30);
        loop.createBackgroundTask("starter", () -> start(30)); // what it starts is background work too
        loop.createTask("alone", () -> end.await());
        turn();
        turn();
        assertThat(LoopDump.of(loop)).matches("""
              1\\. 30 like task "task-1" \\(suspended in await of a future\\)
                   created  .*LoopDumpTests.*
                   waiting  .*LoopDumpTests.*
              2\\. task "alone" \\(suspended in await of a future\\)
                   created  .*LoopDumpTests.*
                   waiting  .*LoopDumpTests.*
              3\\. 30 like background task "task-\\d+" \\(suspended in await of a future\\)
                   created  .*LoopDumpTests.*
                   waiting  .*LoopDumpTests.*
            """.stripTrailing());
    }

    private void start(int count) {
        for (int i = 0; i < count; i++) {
            loop.createTask(() -> end.await());
        }
    }

    @Test
    void twenty_are_few_enough_to_be_shown_each() {
        for (int i = 0; i < 20; i++) {
            loop.createTask(() -> end.await());
        }
        assertThat(LoopDump.of(loop))
                .contains("\n  20. task \"task-20\" (not started)")
                .doesNotContain("like");
    }

    @Test
    void of_different_ones_only_the_first_are_shown_and_the_others_counted() {
        loop.createTask("line 0", () -> end.await());
        loop.createTask("line 1", () -> end.await());
        loop.createTask("line 2", () -> end.await());
        loop.createTask("line 3", () -> end.await());
        loop.createTask("line 4", () -> end.await());
        loop.createTask("line 5", () -> end.await());
        loop.createTask("line 6", () -> end.await());
        loop.createTask("line 7", () -> end.await());
        loop.createTask("line 8", () -> end.await());
        loop.createTask("line 9", () -> end.await());
        loop.createTask("line 10", () -> end.await());
        loop.createTask("line 11", () -> end.await());
        loop.createTask("line 12", () -> end.await());
        loop.createTask("line 13", () -> end.await());
        loop.createTask("line 14", () -> end.await());
        loop.createTask("line 15", () -> end.await());
        loop.createTask("line 16", () -> end.await());
        loop.createTask("line 17", () -> end.await());
        loop.createTask("line 18", () -> end.await());
        loop.createTask("line 19", () -> end.await());
        loop.createTask("line 20", () -> end.await());
        loop.createTask("line 21", () -> end.await());
        for (int i = 0; i < 2_000; i++) {
            loop.createTask(() -> end.await());
        }
        assertThat(LoopDump.of(loop))
                .contains("\n  20. task \"line 19\" (not started)\n")
                .endsWith("\n  and 2002 more\n  2022 steps are ready");
    }

    @Test
    @Tag("scheduler")
    void the_holder_of_a_lock_is_named() throws InterruptedException {
        ReentrantLock ofTask = new ReentrantLock();
        ReentrantLock ofThread = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().name("holder").start(() -> {
            ofThread.lock();
            held.countDown();
            Latches.waitFor(seen);
            ofThread.unlock();
        });
        held.await();
        loop.createTask("has it", () -> {
            ofTask.lock();
            end.await();
            ofTask.unlock();
        });
        Task<?> first = loop.createTask("wants the task's", ofTask::lockInterruptibly);
        Task<?> second = loop.createTask("wants the thread's", ofThread::lockInterruptibly);
        turn();
        assertThat(LoopDump.of(loop))
                .contains("task \"wants the task's\" (suspended in ReentrantLock.lockInterruptibly, held by task"
                        + " \"has it\")\n")
                .contains("task \"wants the thread's\" (suspended in ReentrantLock.lockInterruptibly, held by thread"
                        + " \"holder\")\n");
        end.complete("x");
        seen.countDown();
        loop.runUntilComplete(first);
        loop.runUntilComplete(second);
        holder.join();
    }

    @Test
    void a_task_says_how_long_it_has_been_waiting_once_that_is_more_than_two_seconds() {
        Task<?> waits = loop.createTask("waits", () -> end.await());
        turn();
        assertThat(waits.toString()).startsWith("<task \"waits\", suspended in await of a future, created");
        watchdog.passes(Duration.ofMillis(1_999));
        assertThat(Activity.of(waits.coroutine())).isEqualTo("suspended in await of a future");
        watchdog.passes(Duration.ofMillis(1));
        assertThat(Activity.of(waits.coroutine())).matches("suspended for [23] s in await of a future");
        assertThat(waits.toString())
                .contains(" s in await of a future, created at ")
                .contains(", waiting at ");
        end.complete("x");
        loop.runUntilComplete(waits);
        assertThat(Activity.of(waits.coroutine())).isEqualTo("finished");
    }

    @Test
    void a_time_is_told_in_one_unit() {
        assertThat(new String[] {
                    Words.of(Duration.ofMillis(-1)),
                    Words.of(Duration.ofMillis(100)),
                    Words.of(Duration.ofMillis(1_500)),
                    Words.of(Duration.ofSeconds(1)),
                    Words.of(Duration.ofSeconds(90)),
                    Words.of(Duration.ofMinutes(5)),
                    Words.of(Duration.ofMinutes(119)),
                    Words.of(Duration.ofHours(35))
                })
                .containsExactly("0 ms", "100 ms", "1500 ms", "1 s", "90 s", "5 min", "119 min", "35 h");
        assertThat(catchThrowable(() -> Words.of(Duration.ofSeconds(Long.MAX_VALUE))))
                .isNull();
    }
}
