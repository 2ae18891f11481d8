package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.loop.snapshot.Activity;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task says of itself: its name, its state, where it was created, where it waits, and who owns it. */
@Timeout(60)
class TaskActivityTests {

    private static final Owner MINE = Owner.named("mine");
    private static final Owner OTHER = Owner.named("other");

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(MINE));

    private final List<Owner> owners = new ArrayList<>();

    private void waitHere(LoopFuture<?> future) {
        future.await();
    }

    @Test
    void a_suspended_task_names_the_lines_of_its_creation_and_of_its_wait() {
        LoopFuture<String> end = loop.createFuture();
        int line = Lines.here() + 1;
        Task<?> task = loop.createTask("waits", () -> {
            waitHere(end);
        });
        assertThat(task.toString())
                .matches("<task \"waits\", not started, created at .*TaskActivityTests.*:" + line + "\\)>");
        assertThat(task.stackTrace()).isEmpty();
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));

        assertThat(Lines.first(task.createdAt())).isEqualTo("TaskActivityTests:" + line);
        assertThat(task.stackTrace())
                .extracting(StackTraceElement::getMethodName)
                .first()
                .isEqualTo("waitHere");
        assertThat(task.stackTrace())
                .extracting(StackTraceElement::getLineNumber)
                .contains(line + 1);
        assertThat(task.toString())
                .matches("<task \"waits\", suspended in await of a future, created at .*:" + line
                        + "\\), waiting at .*waitHere.*>");

        end.complete("x");
        loop.runUntilComplete(task);
        assertThat(task.stackTrace()).isEmpty();
        assertThat(task.toString()).matches("<task \"waits\", finished, created at .*:" + line + "\\)>");
    }

    @Test
    @Tag("scheduler")
    void it_says_what_it_is_suspended_in() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        CompletableFuture<String> foreign = new CompletableFuture<>();
        LoopFuture<String> future = loop.createFuture();
        Task<?> awaited = loop.createTask("awaited", future::await);
        List<Task<?>> tasks = List.of(
                loop.createTask(() -> Asyncio.sleep(Duration.ofSeconds(5))),
                loop.createTask(() -> Asyncio.sleep(Duration.ofHours(35))),
                loop.createTask(() -> Thread.sleep(Duration.ofHours(1))),
                loop.createTask(lock::lock),
                loop.createTask(() -> foreign.get()),
                loop.createTask(() -> Asyncio.await(foreign)),
                loop.createTask(awaited::await),
                loop.createTask(() -> Asyncio.gather(awaited, future).await()));
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(tasks)
                .extracting(each -> Activity.of(each.coroutine()))
                .containsExactly(
                        "suspended in sleep, 5 s left",
                        "suspended in sleep, 35 h left",
                        "suspended in Thread.sleep",
                        "suspended in ReentrantLock.lock, held by thread \""
                                + Thread.currentThread().getName() + "\"",
                        "suspended in CompletableFuture.get",
                        "suspended in await of a CompletableFuture",
                        "suspended in await of task \"awaited\"",
                        "suspended in gather of 2");
        lock.unlock();
        tasks.forEach(task -> task.cancel("enough"));
        awaited.cancel("enough");
        loop.runUntilComplete(() ->
                tasks.forEach(task -> assertThat(catchThrowable(task::await)).isNotNull()));
    }

    @Test
    void it_says_how_it_ended_and_whether_it_could_run() {
        loop.runUntilComplete(() -> {
            Task<?> me = Asyncio.currentTask();
            assertThat(Activity.of(me.coroutine())).isEqualTo("running");
            Task<?> fails = loop.createTask(() -> {
                throw new IllegalStateException();
            });
            Task<?> cancelled = loop.createTask(() -> {});
            Task<?> yields = loop.createTask(() -> Asyncio.sleep(Duration.ZERO));
            assertThat(yields.coroutine().isReady()).isTrue();
            cancelled.cancel("enough");
            Asyncio.sleep(Duration.ZERO);
            assertThat(Activity.of(yields.coroutine())).isEqualTo("ready to run");
            assertThat(Activity.of(fails.coroutine())).isEqualTo("failed");
            assertThat(Activity.of(cancelled.coroutine())).isEqualTo("cancelled");
            Asyncio.sleep(Duration.ZERO);
            assertThat(Activity.of(yields.coroutine())).isEqualTo("finished");
            assertThat(yields.coroutine().isReady()).isFalse();
        });
    }

    @Test
    void tasks_are_named_and_numbered() {
        Task<?> first = loop.createTask(() -> Thread.currentThread().getName());
        Task<?> second = loop.createTask("given", () -> Thread.currentThread().getName());
        Task<?> third = loop.createTask(() -> {});
        assertThat(List.of(first.name(), second.name(), third.name())).containsExactly("task-1", "given", "task-3");
        assertThat(loop.<Object>runUntilComplete(first.thenCombine(second, List::of)))
                .isEqualTo(List.of("task-1", "given"));
    }

    @Test
    @Tag("scheduler")
    void what_a_task_starts_belongs_to_its_owner() {
        LoopFuture<String> end = loop.createFuture();
        Task<?> task = Task.of(loop.core().start(CoroutineKind.TASK, "other's", OTHER, () -> {
            loop.createTask(end::await);
            Thread.startVirtualThread(end::join);
            loop.callSoon(this::noteOwner);
            loop.callLater(Duration.ZERO, this::noteOwner);
            loop.callSoonThreadsafe(this::noteOwner);
            end.addDoneCallback(done -> noteOwner());
            assertThat(loop.allTasks())
                    .hasSize(3)
                    .extracting(each -> each.coroutine().owner())
                    .containsOnly(OTHER);
            return null;
        }));
        loop.callSoon(this::noteOwner);
        loop.runUntilComplete(task);
        end.complete("x");
        Task<?> mine = loop.createTask(() -> Asyncio.sleep(Duration.ofMillis(1)));
        loop.runUntilComplete(mine);
        assertThat(mine.coroutine().owner()).isSameAs(MINE);
        assertThat(owners).containsExactlyInAnyOrder(MINE, OTHER, OTHER, OTHER, OTHER);
    }

    /** The owner of the callback that runs, which is that of the task it starts. */
    private void noteOwner() {
        owners.add(loop.createTask(() -> {}).coroutine().owner());
    }

    @Test
    void loops_and_generators_belong_to_the_owner_of_the_task_that_creates_them() {
        Task<?> task = Task.of(loop.core().start(CoroutineKind.TASK, "other's", OTHER, () -> {
            try (EventLoop created = EventLoop.create()) {
                assertThat(created.core().owner()).isSameAs(OTHER);
            }
            assertThat(AsyncGenerator.of(emitter -> {}).snapshot().owner()).isSameAs(OTHER);
            return null;
        }));
        loop.runUntilComplete(task);
        try (EventLoop outside = EventLoop.create()) {
            assertThat(outside.core().owner()).isNull();
        }
    }

    @Test
    void the_dump_of_a_loop_numbers_what_is_pending() {
        LoopFuture<String> end = loop.createFuture();
        int line = Lines.here() + 1;
        Task<?> first = loop.createTask("first", end::await);
        Task<?> second = loop.createBackgroundTask("second", end::await);
        assertThat(loop.snapshot().toString())
                .matches(("""
                      1\\. task "first" \\(not started\\)
                           created  .*TaskActivityTests.*:%d\\)
                      2\\. background task "second" \\(not started\\)
                           created  .*TaskActivityTests.*:%d\\)
                    """.formatted(line, line + 1).stripTrailing()));
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(loop.snapshot().toString()).contains("1. task \"first\" (suspended in await of a future)\n");
        end.complete("x");
        loop.runUntilComplete(second);
        assertThat(first).isDone();
        assertThat(loop.snapshot().toString()).isEqualTo("  no task is pending");
    }

    @Test
    @Tag("scheduler")
    void a_deep_stack_of_a_library_does_not_hide_the_line() {
        LoopFuture<String> end = loop.createFuture();
        loop.runUntilComplete(() -> {
            Thread started = Thread.ofVirtual().unstarted(end::join);
            Collection<Thread> wrapped = List.of(started);
            for (int depth = 0; depth < 50; depth++) {
                wrapped = Collections.unmodifiableCollection(wrapped);
            }
            int line = Lines.here() + 1;
            wrapped.forEach(Thread::start);
            assertThat(Lines.first(LoopCores.taskOn(loop, started).createdAt())).isEqualTo("TaskActivityTests:" + line);
            end.complete("x");
            started.join();
        });
    }
}
