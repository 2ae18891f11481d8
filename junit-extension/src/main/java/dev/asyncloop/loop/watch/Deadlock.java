package dev.asyncloop.loop.watch;

import dev.asyncloop.jdk.Monitors;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.pools.StuckPools;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the tasks of a loop wait only for each other, so that nothing can wake the loop any more.
 *
 * <p>A wait is closed if only the loop's own tasks can end it. Closed is the await of a task, and of a future that
 * {@linkplain Promises#needs needs} closed ones. Closed is also the wait without a time-out for a lock that is held by
 * a task, by the thread that runs the loop, or by a thread that has ended. All other waits are open: for a plain
 * future, a queue, a latch, a socket. If the awaited body leads to a closed wait, and every other task is in one too,
 * nobody is left to end any of them.
 *
 * <p>To be used while the loop is idle and has no timers: on the loop's thread with a small budget, or on the
 * watchdog's thread.
 */
final class Deadlock {

    /** How many tasks of a circle are shown; more would help nobody. */
    private static final int SHOWN = 10;

    private final LoopCore core;
    private final Promise<?> awaited;
    private final StuckPools pools;
    private @Nullable Monitors monitors;

    /** How many more waits may be looked at. */
    private int budget;

    Deadlock(LoopCore core, Promise<?> awaited, int budget) {
        this.core = core;
        this.awaited = awaited;
        this.budget = budget;
        this.pools = new StuckPools(core, budget);
    }

    /**
     * Whether it is certain that nothing can wake the loop.
     *
     * @param withMonitors whether to find out who holds which monitor, by a dump of all threads
     */
    boolean isCertain(boolean withMonitors) {
        long step = core.driver().steps();
        if (!bodyIsStuck()) {
            return false;
        }
        boolean anyBlocked = false;
        List<Coroutine> tasks = core.firstCoroutines(budget);
        if (tasks.size() == budget) {
            return false; // there may be more
        }
        budget -= tasks.size();
        for (Coroutine task : tasks) {
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
                && core.driver().steps() == step
                && !core.work().hasSteps();
    }

    /**
     * Follows one line of waits from the body on, until it repeats itself or leaves the loop. Brent's algorithm finds
     * the circle without memory.
     */
    private boolean bodyIsStuck() {
        Promise<?> mark = awaited;
        Promise<?> at = next(awaited);
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

    /**
     * A future that keeps {@code future} from being done. It is {@code future} itself if the wait is closed and leads
     * no further; null if the wait is open.
     */
    private @Nullable Promise<?> next(Promise<?> future) {
        Coroutine task = Promises.coroutineOf(future);
        if (task == null) {
            Collection<? extends Promise<?>> needed = Promises.needs(future);
            if (needed == null) {
                return null;
            }
            for (Promise<?> each : needed) {
                if (!each.isDone()) {
                    return each;
                }
                budget--;
            }
            return needed.isEmpty() ? future : null; // if all are done, another thread is about to say so
        }
        if (!isWaiting(task)) {
            return null;
        }
        Promise<?> waitingFor = task.waitingFor();
        if (waitingFor != null) {
            return isOfOthers(waitingFor) && pools.keep(task) ? task.outcome() : waitingFor;
        }
        if (isBlocked(task)) {
            Coroutine holder = monitorHolder(task);
            return holder == null ? task.outcome() : holder.outcome();
        }
        Thread holder = LockHolder.of(task);
        if (holder == null) {
            return pools.keep(task) ? task.outcome() : null;
        }
        if (!isHeldForGood(task, holder)) {
            return null;
        }
        Coroutine holding = core.coroutineOn(holder);
        return holding == null ? task.outcome() : holding.outcome();
    }

    private boolean isWaiting(Coroutine task) {
        return task.core() == core && task.started() && !task.isReady() && (isBlocked(task) || !task.isInterrupted());
    }

    private static boolean isBlocked(Coroutine task) {
        return task.waitingFor() == null && task.thread().getState() == Thread.State.BLOCKED;
    }

    private boolean isClosed(Coroutine task) {
        if (!isWaiting(task)) {
            return false;
        }
        Promise<?> waitingFor = task.waitingFor();
        if (waitingFor != null) {
            return isClosed(waitingFor) || isOfOthers(waitingFor) && pools.keep(task);
        }
        Thread holder = LockHolder.of(task);
        return holder == null ? pools.keep(task) : isHeldForGood(task, holder);
    }

    /** Whether somebody outside of the loop completes a future. */
    private static boolean isOfOthers(Promise<?> future) {
        return Promises.coroutineOf(future) == null && Promises.needs(future) == null && !future.isDone();
    }

    /**
     * Whether the await of a future that is no task is closed. Tasks that it leads to are skipped, since all tasks are
     * looked at anyway.
     */
    private boolean isClosed(Promise<?> future) {
        Deque<Promise<?>> open = new ArrayDeque<>();
        for (Promise<?> each = future; each != null; each = open.poll()) {
            if (Promises.coroutineOf(each) != null || each != future && each.isDone()) {
                continue;
            }
            Collection<? extends Promise<?>> needed = Promises.needs(each);
            if (needed == null || (budget -= needed.size()) <= 0 || isAboutToEnd(needed)) {
                return false;
            }
            open.addAll(needed);
        }
        return true;
    }

    /**
     * Whether all of these are done. Then the future that needs them is about to end: the loop has just not heard of it
     * yet.
     */
    private static boolean isAboutToEnd(Collection<? extends Promise<?>> needed) {
        return !needed.isEmpty() && needed.stream().allMatch(Promise::isDone);
    }

    /**
     * Whether a wait for a lock has no time-out, and its holder is a task of this loop, runs the loop, or has ended.
     */
    private boolean isHeldForGood(Coroutine waiting, Thread holder) {
        return waiting.thread().getState() == Thread.State.WAITING
                && (holder == core.runningThread() || !holder.isAlive() || core.coroutineOn(holder) != null);
    }

    private boolean monitorsAreHeldHere(List<Coroutine> tasks) {
        monitors = Monitors.look();
        for (Coroutine task : tasks) {
            if (!task.isDone() && isBlocked(task) && !isHeldHere(task)) {
                return false;
            }
        }
        return true;
    }

    private boolean isHeldHere(Coroutine blocked) {
        Long holder = monitors == null ? null : monitors.holderFor(blocked.thread());
        Thread carrier = core.runningThread();
        return holder != null && (carrier != null && carrier.threadId() == holder || monitorHolder(blocked) != null);
    }

    private @Nullable Coroutine monitorHolder(Coroutine blocked) {
        Long holder = monitors == null ? null : monitors.holderFor(blocked.thread());
        if (holder != null) {
            for (Coroutine task : core.firstCoroutines(Integer.MAX_VALUE)) {
                if (task.thread().threadId() == holder) {
                    return task;
                }
            }
        }
        return null;
    }

    /** In words, who waits for whom, from the body on until a task comes again. */
    String describe() {
        StringJoiner text = new StringJoiner(", ");
        Set<Promise<?>> said = new HashSet<>();
        Coroutine task = toTask(awaited);
        while (task != null && said.add(task.outcome())) {
            if (said.size() > SHOWN) {
                return text.add("and so on").toString();
            }
            Coroutine next = toTask(next(task.outcome()));
            boolean leadsNoFurther = next == task && task.waitingFor() != task.outcome();
            text.add(describe(task, leadsNoFurther ? null : next));
            task = next;
        }
        return text.toString();
    }

    /** The first task on the way from a future on. */
    private @Nullable Coroutine toTask(@Nullable Promise<?> from) {
        Promise<?> at = from;
        while (at != null && Promises.coroutineOf(at) == null) {
            Promise<?> next = next(at);
            at = next == at ? null : next;
        }
        return Promises.coroutineOf(at);
    }

    private String describe(Coroutine task, @Nullable Coroutine next) {
        String job = next == null && LockHolder.of(task) == null ? pools.describe(task) : null;
        if (job != null) {
            return job;
        }
        String line = task.stackTrace().stream()
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
        Promise<?> waitingFor = task.waitingFor();
        String needed = next == null ? null : next.label();
        if (Promises.coroutineOf(waitingFor) != null) {
            return task.label() + " awaits " + needed + line;
        }
        if (waitingFor != null) {
            return task.label() + " awaits " + Promises.describe(waitingFor)
                    + (needed == null ? "" : ", which needs " + needed) + line;
        }
        if (needed != null) {
            return task.label() + " wants a lock that " + needed + " holds" + line;
        }
        Thread holder = LockHolder.of(task);
        return holder == null || holder == core.runningThread()
                ? task.label() + " wants a lock that thread \"" + threadName() + "\" holds, which runs the loop" + line
                        + "; take the lock in the task, not around the run"
                : task.label() + " wants a lock that " + LockHolder.name(core, holder) + ", holds" + line;
    }

    private String threadName() {
        Thread carrier = core.runningThread();
        return carrier == null ? "" : carrier.getName();
    }
}
