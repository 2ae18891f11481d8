package dev.asyncloop.loop.time;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.jdk.Locks;
import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Outside;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks and stages wait for somebody outside of the loop who will wake it.
 *
 * <p>Tasks in our own awaits, however many, are not looked at. Of the others, each is looked at once each time it is
 * suspended, when the loop is next idle: as long as it is suspended, nothing about it changes but the owner of a lock.
 */
public final class ForeignWaits implements Outside {

    /** How long a monitor may be held by somebody outside. */
    private static final long MONITOR_NANOS = 50_000_000;

    /** Suspended in somebody else's code, and not looked at yet. Loop thread only. */
    private final Set<Coroutine> fresh = new LinkedHashSet<>();

    /** Those of them that wait for somebody outside. Loop thread only. */
    private final Set<Coroutine> outside = new LinkedHashSet<>();

    /** Those that wait for a lock, which may come into other hands meanwhile. Loop thread only. */
    private final Set<Coroutine> locked = new LinkedHashSet<>();

    /** Those that wait to enter a monitor, and since when. Loop thread only. */
    private final Map<Coroutine, Long> blocked = new LinkedHashMap<>();

    /** Other libraries' stages, and whether the loop is just being told that one is done. Any thread. */
    private final Map<Promise<?>, Boolean> stages = new ConcurrentHashMap<>();

    /** The task ran up to where it waits next, or to its end. Loop thread only. */
    @Override
    public void stepEnded(Coroutine task) {
        outside.remove(task);
        locked.remove(task);
        blocked.remove(task);
        if (!task.isReady() && !task.isDone() && isElsewhere(task)) {
            fresh.add(task);
        } else {
            fresh.remove(task);
        }
    }

    /** Not in an await of ours, or there at one of our monitors. */
    private static boolean isElsewhere(Coroutine task) {
        return task.waitingFor() == null || task.thread().getState() != Thread.State.WAITING;
    }

    /** Any thread. */
    @Override
    public void began(Promise<?> stage) {
        stages.put(stage, false);
    }

    /** It is done, and now the loop is told; no wake-up is on its way yet. Any thread. */
    @Override
    public void ends(Promise<?> stage) {
        stages.put(stage, true);
    }

    /** The loop was told, which it will see before this. Any thread. */
    @Override
    public void ended(Promise<?> stage) {
        LoopCore core = Promises.coreOf(stage);
        if (core.isLoopThread()) {
            stages.remove(stage);
        } else {
            new Callback(core, () -> stages.remove(stage)).enqueue();
        }
    }

    /** Something that will wake the loop; null where there is none. Loop thread only, while the loop is idle. */
    @Override
    public @Nullable Object inFlight() {
        fresh.forEach(this::judge);
        fresh.clear();
        if (!outside.isEmpty()) {
            return outside.iterator().next();
        }
        for (Coroutine task : locked) {
            if (isHeldOutside(task)) {
                return task;
            }
        }
        for (Promise<?> stage : stages.keySet()) {
            boolean pending = !stage.isDone() && Promises.isWaitedFor(stage);
            if (pending || stages.getOrDefault(stage, false)) { // asked in the order in which it changes
                return stage;
            }
        }
        return null;
    }

    private void judge(Coroutine task) {
        Thread thread = task.thread();
        if (thread.getState() == Thread.State.BLOCKED) {
            blocked.put(task, System.nanoTime());
        } else if (BlockedThreads.waitsOutside(thread, Promise.class)) {
            outside.add(task);
        } else if (Locks.isAwaitedBy(thread)) {
            locked.add(task);
        }
    }

    /**
     * Whether a thread outside of the loop holds the lock that {@code waiting} waits for: a pool, a logger or a queue
     * takes one for a moment. A lock that is free is just being given to whoever waits for it.
     */
    private static boolean isHeldOutside(Coroutine waiting) {
        Thread holder = Locks.holderFor(waiting.thread());
        return holder == null
                ? Locks.isExclusiveAwaitedBy(waiting.thread())
                : !waiting.core().isLoopThread(holder);
    }

    /**
     * Whether a task has begun to wait for a monitor only just now. Nobody can say who holds a monitor: a thread
     * outside, as a rule for a moment, or a task, perhaps for long. Loop thread only, after {@link #inFlight}.
     */
    @Override
    public boolean isJustBlocked() {
        blocked.values().removeIf(since -> System.nanoTime() - since > MONITOR_NANOS);
        return !blocked.isEmpty();
    }
}
