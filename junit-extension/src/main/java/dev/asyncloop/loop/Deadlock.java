package dev.asyncloop.loop;

import dev.asyncloop.jdk.Monitors;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the tasks of a loop wait for nothing but each other, so that nothing can wake the loop any more.
 *
 * <p>A wait is closed if only the loop's own tasks can end it: the await of a task, or of a future that {@linkplain
 * LoopFuture#needs() needs} others which are closed; a lock, without a time-out, that a task holds, or the thread that runs the loop, or
 * one that ended. If the awaited body leads to a closed wait, and every other task is in one too, there is nobody left to end any of
 * them. Anything else is open: a plain future, a queue, a latch, a socket.
 *
 * <p>While the loop is idle and has no timers. On the loop's thread with a bound on what it may cost, else on the watchdog's.
 */
final class Deadlock {

    /** More of a circle than this would help nobody. */
    private static final int SHOWN = 10;

    private final Driver driver;
    private final EventLoop loop;
    private final LoopFuture<?> awaited;
    private @Nullable Monitors monitors;

    /** How many more waits may be looked at. */
    private int budget;

    Deadlock(Driver driver, LoopFuture<?> awaited, int budget) {
        this.driver = driver;
        this.loop = driver.loop();
        this.awaited = awaited;
        this.budget = budget;
    }

    /** The task whose end, or whose phase's end, a run awaits; null where it awaits some other future. */
    static @Nullable Task<?> bodyOf(LoopFuture<?> awaited) {
        return awaited instanceof PhaseFuture<?> phase ? phase.task() : awaited instanceof Task<?> task ? task : null;
    }

    /** Whether what {@code task} awaits leads back to it. The task itself. */
    static boolean isCircle(Task<?> task) {
        Set<LoopFuture<?>> seen = new HashSet<>();
        Deque<LoopFuture<?>> open = new ArrayDeque<>();
        for (LoopFuture<?> future = task.waitingFor(); future != null; future = open.poll()) {
            if (future == task) {
                return true;
            }
            if (seen.add(future)) {
                Collection<? extends LoopFuture<?>> needed = future.needs();
                if (future instanceof Task<?> other && other.waitingFor() instanceof LoopFuture<?> next) {
                    open.add(next);
                } else if (needed != null) {
                    open.addAll(needed);
                }
            }
        }
        return false;
    }

    /** @param withMonitors whether to ask who holds which monitor, which takes a dump of all threads */
    boolean isCertain(boolean withMonitors) {
        long step = driver.steps();
        if (!bodyIsStuck()) {
            return false;
        }
        boolean anyBlocked = false;
        List<Task<?>> tasks = loop.register().first(budget);
        if (tasks.size() == budget) {
            return false; // there may be more
        }
        budget -= tasks.size();
        for (Task<?> task : tasks) {
            if (task.isDone() || task.isResting()) {
                continue; // nobody waits for it, and it wakes nobody
            }
            if (isBlocked(task)) {
                anyBlocked = true;
            } else if (!isClosed(task)) {
                return false;
            }
        }
        return (!anyBlocked || withMonitors && monitorsAreHeldHere(tasks))
                && driver.steps() == step
                && !loop.ready().hasMore();
    }

    /** Follows one line of waits from the body until it repeats itself (Brent's way, which needs no memory) or leaves the loop. */
    private boolean bodyIsStuck() {
        LoopFuture<?> mark = awaited;
        LoopFuture<?> at = next(awaited);
        for (long length = 1, power = 1; at != mark; length++) {
            if (at == null || budget-- <= 0) {
                return false;
            }
            if (length == power) {
                mark = at;
                power *= 2;
                length = 0;
            }
            at = next(at);
        }
        return true;
    }

    /** What keeps {@code future} from being done, or one of that; itself where that is closed and leads no further; null if it is open. */
    private @Nullable LoopFuture<?> next(LoopFuture<?> future) {
        if (!(future instanceof Task<?> task)) {
            Collection<? extends LoopFuture<?>> needed = future.needs();
            if (needed == null) {
                return null;
            }
            for (LoopFuture<?> each : needed) {
                if (!each.isDone()) {
                    return each;
                }
                budget--;
            }
            return needed.isEmpty() ? future : null; // where all is done, another thread is about to say so
        }
        if (!isWaiting(task)) {
            return null;
        }
        LoopFuture<?> waitingFor = task.waitingFor();
        if (waitingFor != null) {
            return waitingFor;
        }
        if (isBlocked(task)) {
            Task<?> holder = monitorHolder(task);
            return holder == null ? task : holder;
        }
        Thread holder = LockHolder.of(task);
        if (holder == null || !isHeldForGood(task, holder)) {
            return null;
        }
        Task<?> holding = SchedulerEngine.taskOn(holder, loop);
        return holding == null ? task : holding;
    }

    private boolean isWaiting(Task<?> task) {
        return task.loop() == loop && task.started() && !task.isReady() && (isBlocked(task) || !task.isInterrupted());
    }

    private static boolean isBlocked(Task<?> task) {
        return task.waitingFor() == null && task.thread().getState() == Thread.State.BLOCKED;
    }

    private boolean isClosed(Task<?> task) {
        if (!isWaiting(task)) {
            return false;
        }
        LoopFuture<?> waitingFor = task.waitingFor();
        if (waitingFor != null) {
            return isClosed(waitingFor);
        }
        Thread holder = LockHolder.of(task);
        return holder != null && isHeldForGood(task, holder);
    }

    /** Of a future that is no task. The tasks themselves are all looked at anyway. */
    private boolean isClosed(LoopFuture<?> future) {
        Deque<LoopFuture<?>> open = new ArrayDeque<>();
        for (LoopFuture<?> each = future; each != null; each = open.poll()) {
            if (each instanceof Task<?> || each != future && each.isDone()) {
                continue;
            }
            Collection<? extends LoopFuture<?>> needed = each.needs();
            if (needed == null || (budget -= needed.size()) <= 0 || isAboutToEnd(needed)) {
                return false;
            }
            open.addAll(needed);
        }
        return true;
    }

    /** What needs these is not done yet, but nothing keeps it: the loop has not heard of their end so far. */
    private static boolean isAboutToEnd(Collection<? extends LoopFuture<?>> needed) {
        return !needed.isEmpty() && needed.stream().allMatch(LoopFuture::isDone);
    }

    /** Without a time-out, and the holder is suspended here, runs the loop, or does not run at all. */
    private boolean isHeldForGood(Task<?> waiting, Thread holder) {
        return waiting.thread().getState() == Thread.State.WAITING
                && (holder == driver.thread() || !holder.isAlive() || SchedulerEngine.taskOn(holder, loop) != null);
    }

    private boolean monitorsAreHeldHere(List<Task<?>> tasks) {
        monitors = Monitors.look();
        for (Task<?> task : tasks) {
            if (!task.isDone() && isBlocked(task) && !isHeldHere(task)) {
                return false;
            }
        }
        return true;
    }

    private boolean isHeldHere(Task<?> blocked) {
        Long holder = monitors == null ? null : monitors.holderFor(blocked.thread());
        Thread carrier = driver.thread();
        return holder != null && (carrier != null && carrier.threadId() == holder || monitorHolder(blocked) != null);
    }

    private @Nullable Task<?> monitorHolder(Task<?> blocked) {
        Long holder = monitors == null ? null : monitors.holderFor(blocked.thread());
        if (holder != null) {
            for (Task<?> task : loop.register().first(Integer.MAX_VALUE)) {
                if (task.thread().threadId() == holder) {
                    return task;
                }
            }
        }
        return null;
    }

    /** Who waits for whom, from the body on, up to what was said before. */
    String describe() {
        StringJoiner text = new StringJoiner(", ");
        Set<LoopFuture<?>> said = new HashSet<>();
        LoopFuture<?> at = awaited instanceof Task<?> ? awaited : toTask(awaited);
        while (at instanceof Task<?> task && said.add(task)) {
            if (said.size() > SHOWN) {
                return text.add("and so on").toString();
            }
            LoopFuture<?> next = toTask(next(task));
            text.add(describe(task, next == task && task.waitingFor() != task ? null : next));
            at = next;
        }
        return text.toString();
    }

    /** The first task on the way. */
    private @Nullable LoopFuture<?> toTask(@Nullable LoopFuture<?> from) {
        LoopFuture<?> at = from;
        while (at != null && !(at instanceof Task<?>)) {
            LoopFuture<?> next = next(at);
            at = next == at ? null : next;
        }
        return at;
    }

    private String describe(Task<?> task, @Nullable LoopFuture<?> next) {
        String line = task.stackTrace().stream()
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
        LoopFuture<?> waitingFor = task.waitingFor();
        String needed = next instanceof Task<?> other ? other.label() : null;
        if (waitingFor instanceof Task<?>) {
            return task.label() + " awaits " + needed + line;
        }
        if (waitingFor != null) {
            return task.label() + " awaits " + waitingFor.describe() + (needed == null ? "" : ", which needs " + needed)
                    + line;
        }
        if (needed != null) {
            return task.label() + " wants a lock that " + needed + " holds" + line;
        }
        Thread holder = LockHolder.of(task);
        return holder == null || holder == driver.thread()
                ? task.label() + " wants a lock that thread \"" + threadName() + "\" holds, which runs the loop" + line
                        + "; take the lock in the task, not around the run"
                : task.label() + " wants a lock that " + LockHolder.name(loop, holder) + ", holds" + line;
    }

    private String threadName() {
        Thread carrier = driver.thread();
        return carrier == null ? "" : carrier.getName();
    }
}
