package dev.asyncloop.loop;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Every task and started generator of a loop that has not ended, and so every virtual thread on it. Any thread may read it.
 *
 * <p>It holds them strongly: unlike asyncio's, a task that nobody refers to is not lost, but found.
 */
final class TaskRegister {

    private final EventLoop loop;
    private final Map<Thread, Task<?>> tasks = new ConcurrentHashMap<>();
    private final Set<AsyncGenerator<?>> generators = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    TaskRegister(EventLoop loop) {
        this.loop = loop;
    }

    <T extends @Nullable Object> Task<T> start(
            Task.Kind kind, @Nullable String name, @Nullable Owner charged, Callable<? extends T> body) {
        Task<T> task = new Task<>(loop, inherited(kind, Task.Kind.TASK), count.incrementAndGet(), name, charged, body);
        tasks.put(task.thread(), task);
        task.thread().start();
        return task;
    }

    /** The task of a virtual thread of this loop, which may be one that the code under test is just starting. */
    Task<?> taskOf(Thread thread) {
        Task<?> task = tasks.get(thread);
        return task != null ? task : adopt(thread);
    }

    private Task<?> adopt(Thread thread) {
        Task.Kind kind = inherited(Task.Kind.VIRTUAL_THREAD, Task.Kind.VIRTUAL_THREAD);
        Task<?> task = new Task<@Nullable Void>(loop, kind, count.incrementAndGet(), loop.currentOwner(), thread);
        tasks.put(thread, task);
        return task;
    }

    /** What background work starts is background work. */
    private Task.Kind inherited(Task.Kind kind, Task.Kind inheriting) {
        Task<?> creator = loop.isLoopThread() ? loop.driver().current() : null;
        return kind == inheriting && creator != null && creator.isBackground() ? Task.Kind.BACKGROUND : kind;
    }

    /** The task's thread ended. The thread that ran it last. */
    void forget(Task<?> task) {
        tasks.remove(task.thread());
        task.threadEnded();
    }

    void add(AsyncGenerator<?> generator) {
        generators.add(generator);
    }

    void remove(AsyncGenerator<?> generator) {
        generators.remove(generator);
    }

    List<Task<?>> tasks() {
        return tasks.values().stream()
                .filter(task -> task.kind() != Task.Kind.GENERATOR && !task.isResting() && !task.isDone())
                .sorted(Comparator.comparingLong(Task::number))
                .<Task<?>>map(task -> task)
                .toList();
    }

    List<AsyncGenerator<?>> generators() {
        return generators.stream()
                .sorted(Comparator.comparingLong(AsyncGenerator::number))
                .<AsyncGenerator<?>>map(generator -> generator)
                .toList();
    }
}
