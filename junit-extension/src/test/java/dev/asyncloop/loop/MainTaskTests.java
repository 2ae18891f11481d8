package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.Latches;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The phases of one coroutine, and what they share with the thread that drives the loop. */
@Timeout(30)
class MainTaskTests {

    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();
    private static final Owner TEST = Owner.named("test");

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(TEST), watchdog.watchdog());

    private final MainTask main = MainTasks.of(loop, "the test", TEST);

    private final List<String> events = new ArrayList<>();

    @AfterEach
    void forgetValues() {
        LOCAL.remove();
        INHERITABLE.remove();
    }

    @Test
    void all_phases_run_on_one_thread_named_after_the_test() throws InterruptedException {
        Thread first = main.run(Thread::currentThread);
        Thread second = main.run(Thread::currentThread);
        assertThat(first).isSameAs(second).isNotSameAs(Thread.currentThread());
        assertThat(first.getName()).isEqualTo("the test");
        assertThat(first.isVirtual()).isTrue();
        main.finish();
        assertThat(first.join(Duration.ofSeconds(10))).isTrue();
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void a_lock_taken_in_one_phase_is_given_back_in_another() {
        ReentrantLock lock = new ReentrantLock();
        main.run(() -> {
            lock.lock();
            return null;
        });
        assertThat(lock.isLocked()).isTrue();
        main.run(() -> {
            assertThat(lock.isHeldByCurrentThread()).isTrue();
            lock.unlock();
            return null;
        });
        assertThat(lock.isLocked()).isFalse();
        main.finish();
    }

    @Test
    void a_phase_returns_what_its_body_does() {
        assertThat(main.<String>run(() -> "value")).isEqualTo("value");
        assertThat(main.<String>run(() -> null)).isNull();
        main.finish();
    }

    @Test
    void a_phase_throws_what_its_body_does_and_the_next_one_runs() {
        Throwable[] failures = {
            new IOException("checked"),
            new AssertionError("error"),
            new Throwable("neither"),
            new java.util.concurrent.CompletionException(new IOException("wrapped"))
        };
        for (Throwable failure : failures) {
            assertThat(catchThrowable(() -> main.run(() -> {
                        throw failure;
                    })))
                    .isSameAs(failure);
        }
        assertThat(main.<String>run(() -> "next")).isEqualTo("next");
        main.finish();
    }

    @Test
    @Tag("scheduler")
    void thread_locals_are_seen_in_both_directions() {
        LOCAL.set("outside");
        INHERITABLE.set("outside too");
        main.run(() -> {
            assertThat(LOCAL.get()).isEqualTo("outside");
            assertThat(INHERITABLE.get()).isEqualTo("outside too");
            LOCAL.set("inside");
            INHERITABLE.set("inside too");
            Asyncio.sleep(Duration.ofMillis(1));
            assertThat(LOCAL.get()).isEqualTo("inside");
            return null;
        });
        assertThat(LOCAL.get()).isEqualTo("inside");
        assertThat(INHERITABLE.get()).isEqualTo("inside too");
        main.run(() -> {
            LOCAL.remove();
            return null;
        });
        assertThat(LOCAL.get()).isNull();
        main.finish();
    }

    @Test
    @Tag("scheduler")
    void they_are_also_where_the_driving_thread_had_none() throws Exception {
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        Thread driver = Thread.ofPlatform()
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> {
                    main.run(() -> {
                        LOCAL.set("inside");
                        INHERITABLE.set("inside too");
                        return null;
                    });
                    seen.complete(List.of(LOCAL.get(), INHERITABLE.get()));
                });
        driver.start();
        assertThat(seen.get()).containsExactly("inside", "inside too");
        driver.join();
        main.finish();
    }

    @Test
    @Tag("scheduler")
    void other_tasks_have_their_own_but_inherit_the_inheritable_ones() {
        LOCAL.set("outside");
        main.run(() -> {
            INHERITABLE.set("inherited");
            loop.createTask(() -> {
                        assertThat(LOCAL.get()).isNull();
                        assertThat(INHERITABLE.get()).isEqualTo("inherited");
                        LOCAL.set("the child's");
                    })
                    .await();
            assertThat(LOCAL.get()).isEqualTo("outside");
            return null;
        });
        main.finish();
    }

    @Test
    @Tag("scheduler")
    void between_phases_the_coroutine_has_none() {
        LOCAL.set("outside");
        Thread coroutine = main.run(Thread::currentThread);
        LOCAL.set("changed");
        assertThat(main.<String>run(LOCAL::get)).isEqualTo("changed");
        assertThat(coroutine.isAlive()).isTrue();
        main.finish();
        assertThat(LOCAL.get()).isEqualTo("changed");
    }

    @Test
    @Tag("scheduler")
    void the_context_class_loader_is_shared_too() throws Exception {
        Thread driver = Thread.currentThread();
        ClassLoader before = driver.getContextClassLoader();
        try (URLClassLoader outside = new URLClassLoader(new URL[0]);
                URLClassLoader inside = new URLClassLoader(new URL[0])) {
            driver.setContextClassLoader(outside);
            main.run(() -> {
                assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(outside);
                Thread.currentThread().setContextClassLoader(inside);
                return null;
            });
            assertThat(driver.getContextClassLoader()).isSameAs(inside);
        } finally {
            driver.setContextClassLoader(before);
        }
        main.finish();
    }

    @Test
    @Tag("scheduler")
    void another_thread_may_drive_the_next_phase_and_lends_its_own() throws Exception {
        LOCAL.set("first driver");
        Thread coroutine = main.run(() -> {
            assertThat(LOCAL.get()).isEqualTo("first driver");
            return Thread.currentThread();
        });
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread second = Thread.ofPlatform().start(() -> {
            LOCAL.set("second driver");
            main.run(() -> {
                assertThat(Thread.currentThread()).isSameAs(coroutine);
                return seen.complete(LOCAL.get());
            });
        });
        second.join();
        assertThat(seen.get()).isEqualTo("second driver");
        assertThat(LOCAL.get()).isEqualTo("first driver");
        assertThat(main.<String>run(LOCAL::get)).isEqualTo("first driver");
        main.finish();
    }

    @Test
    void a_phase_that_cancels_itself_is_cancelled_and_the_next_one_is_not() {
        assertThat(catchThrowable(() -> main.run(() -> {
                    Asyncio.currentTask().cancel("myself");
                    Asyncio.sleep(Duration.ofHours(1));
                    return events.add("never");
                })))
                .isInstanceOf(CancelledException.class)
                .hasMessage("myself");
        assertThat(catchThrowable(() -> main.run(() -> Asyncio.currentTask().cancel("at the end"))))
                .isInstanceOf(CancelledException.class)
                .hasMessage("at the end");
        assertThat(main.<String>run(() -> {
                    Asyncio.sleep(Duration.ofMillis(1));
                    Thread.sleep(1);
                    return "next";
                }))
                .isEqualTo("next");
        assertThat(events).isEmpty();
        main.finish();
    }

    @Test
    void an_interruption_between_two_phases_is_not_for_the_second() {
        Thread coroutine = main.run(Thread::currentThread);
        coroutine.interrupt();
        assertThat(main.<String>run(() -> {
                    Thread.sleep(1);
                    return "next";
                }))
                .isEqualTo("next");
        main.finish();
    }

    @Test
    void a_phase_is_called_also_where_its_task_was_cancelled_before_it_started() {
        loop.callSoon(() -> loop.allTasks().forEach(task -> task.cancel("everything")));
        assertThat(catchThrowable(() -> main.run(() -> {
                    events.add("called");
                    Asyncio.sleep(Duration.ofHours(1));
                    return events.add("never");
                })))
                .hasMessage("everything");
        assertThat(events).containsExactly("called");
        assertThat(main.<String>run(() -> "next")).isEqualTo("next");
        main.finish();
    }

    @Test
    @Tag("scheduler")
    void a_phase_that_is_given_up_stays_behind_without_the_thread_locals() throws Exception {
        LOCAL.set("the driver's");
        LoopFuture<String> end = loop.createFuture();
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<String> seenAfterwards = new CompletableFuture<>();
        Thread driver = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            Latches.waitFor(waiting);
            driver.interrupt();
            Eventually.eventually(
                    "it has its grace and waits again",
                    () -> watchdog.isDueIn(Driver.GRACE) && loop.core().driver().isIdle());
            watchdog.passes(Driver.GRACE);
        });
        assertThat(catchThrowable(() -> main.run(() -> {
                    waiting.countDown();
                    end.join(); // which no interruption ends
                    LOCAL.set("the given-up body's");
                    return seenAfterwards.complete(Thread.currentThread().getName() + ": " + LOCAL.get());
                })))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("given up")
                .hasMessageContaining("task \"the test\" (suspended in CompletableFuture.join)");
        Task<?> givenUp = loop.allTasks().get(0);

        Thread next = main.run(() -> {
            end.complete("late");
            givenUp.await();
            return Thread.currentThread();
        });
        assertThat(next).isNotSameAs(givenUp.coroutine().thread());
        assertThat(seenAfterwards.get()).isEqualTo("the test: the given-up body's");
        assertThat(LOCAL.get()).isEqualTo("the driver's");
        main.finish();
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void what_a_phase_starts_is_charged_to_the_owner_of_the_phase() {
        Owner phase = Owner.named("phase");
        LoopFuture<String> end = loop.createFuture();
        main.run(phase, () -> loop.createTask("of the phase", end::await));
        main.run(() -> loop.createTask("of the test", end::await));
        assertThat(loop.allTasks())
                .extracting(task -> task.name() + " / " + task.coroutine().owner())
                .containsExactly("of the phase / phase", "of the test / test");
        end.complete("x");
        main.finish();
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void finishing_without_a_phase_or_twice_does_nothing() {
        main.finish();
        main.run(() -> null);
        main.finish();
        main.finish();
        assertThat(loop.allTasks()).isEmpty();
        assertThat(main.<String>run(() -> "again")).isEqualTo("again");
        main.finish();
    }
}
