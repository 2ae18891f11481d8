package dev.asyncloop.loop;

import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every task and started generator of a loop that has not ended, and so every virtual thread on it. Any thread may read it.
 *
 * <p>It holds them strongly: unlike asyncio's, a task that nobody refers to is not lost, but found.
 */
final class TaskRegister {

    private final EventLoop loop;
    private final Set<AsyncGenerator<?>> generators = ConcurrentHashMap.newKeySet();

    /** The tasks on threads that somebody else started. */
    private final Map<Thread, Task<?>> adopted = new ConcurrentHashMap<>();

    /** The ends of the list of all tasks, in the order of creation. Guarded by this, and so are its links and the count. */
    private @Nullable Task<?> first;

    private @Nullable Task<?> last;
    private long count;

    TaskRegister(EventLoop loop) {
        this.loop = loop;
    }

    <T extends @Nullable Object> Task<T> start(
            Task.Kind kind, @Nullable String name, @Nullable Owner charged, Callable<? extends T> body) {
        Task<?> creator = creator();
        Task<T> task = new Task<>(
                loop, inherited(kind, Task.Kind.TASK, creator), next(), numberOf(creator), name, charged, body);
        add(task);
        loop.engine().start(task);
        return task;
    }

    /** The task of a virtual thread that is on this loop, and that the code under test may just be starting. */
    Task<?> adopted(Thread thread) {
        Task<?> task = adopted.get(thread);
        return task != null ? task : adopt(thread, loop.currentOwner());
    }

    Task<?> adopt(Thread thread, @Nullable Owner owner) {
        Task<?> creator = creator();
        Task.Kind kind = inherited(Task.Kind.VIRTUAL_THREAD, Task.Kind.VIRTUAL_THREAD, creator);
        Task<?> task = new Task<@Nullable Void>(loop, kind, next(), numberOf(creator), owner, thread);
        adopted.put(thread, task);
        add(task);
        return task;
    }

    /** What background work starts is background work. */
    private static Task.Kind inherited(Task.Kind kind, Task.Kind inheriting, @Nullable Task<?> creator) {
        return kind == inheriting && creator != null && creator.isBackground() ? Task.Kind.BACKGROUND : kind;
    }

    /** The task that runs on the current thread, null where that is none of this loop's. */
    private @Nullable Task<?> creator() {
        return loop.isLoopThread() ? loop.driver().current() : null;
    }

    private static long numberOf(@Nullable Task<?> creator) {
        return creator == null ? 0 : creator.number();
    }

    private synchronized long next() {
        return ++count;
    }

    private synchronized void add(Task<?> task) {
        Task<?> before = last;
        last = task;
        if (before == null) {
            first = task;
        } else {
            before.later = task;
            task.earlier = before;
        }
    }

    private synchronized void remove(Task<?> task) {
        Task<?> before = task.earlier;
        Task<?> after = task.later;
        if (before != null) {
            before.later = after;
        } else if (first == task) {
            first = after;
        } else {
            return; // not in it any more
        }
        if (after != null) {
            after.earlier = before;
        } else {
            last = before;
        }
        task.earlier = null;
        task.later = null;
    }

    /** The task's thread ended. The thread that ran it last. */
    void forget(Task<?> task) {
        remove(task);
        if (task.isAdopted()) {
            adopted.remove(task.thread());
            task.threadEnded();
        }
    }

    void add(AsyncGenerator<?> generator) {
        generators.add(generator);
    }

    void remove(AsyncGenerator<?> generator) {
        generators.remove(generator);
    }

    List<Task<?>> tasks() {
        List<Task<?>> found = new ArrayList<>();
        synchronized (this) {
            for (Task<?> task = first; task != null; task = task.later) {
                if (task.kind() != Task.Kind.GENERATOR && !task.isResting() && !task.isDone()) {
                    found.add(task);
                }
            }
        }
        return found;
    }

    /** The task on a thread that somebody else started, null where that is none of this loop's, or has ended. */
    @Nullable
    Task<?> adoptedOrNull(Thread thread) {
        return adopted.get(thread);
    }

    /** The first {@code limit} tasks whose threads have not ended, generators and resting ones included. */
    List<Task<?>> first(int limit) {
        List<Task<?>> found = new ArrayList<>();
        synchronized (this) {
            for (Task<?> task = first; task != null && found.size() < limit; task = task.later) {
                found.add(task);
            }
        }
        return found;
    }

    List<AsyncGenerator<?>> generators() {
        if (generators.isEmpty()) {
            return List.of(); // at the end of each test
        }
        return generators.stream()
                .sorted(Comparator.comparingLong(AsyncGenerator::number))
                .<AsyncGenerator<?>>map(generator -> generator)
                .toList();
    }
}
