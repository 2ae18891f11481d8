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
 * Knows which tasks and stages wait for something outside of the loop, which will wake it.
 *
 * <p>Tasks in our own awaits are not looked at, however many there are. Any other task is looked at once per
 * suspension, when the loop is next idle. While the task stays suspended, only the holder of a lock can change.
 */
public final class ForeignWaits implements Outside {

    /** How long a wait for a monitor counts as a wait for something outside. */
    private static final long MONITOR_NANOS = 50_000_000;

    /** Tasks that are suspended in other people's code, and were not looked at yet. Loop thread only. */
    private final Set<Coroutine> fresh = new LinkedHashSet<>();

    /** Tasks that wait for something outside. Loop thread only. */
    private final Set<Coroutine> outside = new LinkedHashSet<>();

    /** Tasks that wait for a lock, whose holder may change meanwhile. Loop thread only. */
    private final Set<Coroutine> locked = new LinkedHashSet<>();

    /** Tasks that wait to enter a monitor, and since when. Loop thread only. */
    private final Map<Coroutine, Long> blocked = new LinkedHashMap<>();

    /** Other libraries' stages, each with whether the loop is just being told that it is done. Any thread. */
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

    /** Whether it is suspended elsewhere than in an await of ours: in other people's code, or at a monitor. */
    private static boolean isElsewhere(Coroutine task) {
        return task.waitingFor() == null || task.thread().getState() != Thread.State.WAITING;
    }

    /** Any thread. */
    @Override
    public void began(Promise<?> stage) {
        stages.put(stage, false);
    }

    /** The stage is done, and the loop is about to be told. Any thread. */
    @Override
    public void ends(Promise<?> stage) {
        stages.put(stage, true);
    }

    /** The loop was told that the stage is done. The loop sees that before it sees this call. Any thread. */
    @Override
    public void ended(Promise<?> stage) {
        LoopCore core = Promises.coreOf(stage);
        if (core.isLoopThread()) {
            stages.remove(stage);
        } else {
            new Callback(core, () -> stages.remove(stage)).enqueue();
        }
    }

    /** Something outside that will wake the loop; null if nothing will. Loop thread only, while the loop is idle. */
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
     * Whether a thread outside of the loop holds the lock that {@code waiting} waits for. Pools, loggers and queues
     * take locks for a moment. A free lock counts too: it is just being given to a thread that waits.
     */
    private static boolean isHeldOutside(Coroutine waiting) {
        Thread holder = Locks.holderFor(waiting.thread());
        return holder == null
                ? Locks.isExclusiveAwaitedBy(waiting.thread())
                : !waiting.core().isLoopThread(holder);
    }

    /**
     * Whether a task has only just begun to wait for a monitor. Nobody can tell who holds a monitor. It may be a thread
     * outside, usually for a moment, or a task, perhaps for long. Loop thread only, after {@link #inFlight}.
     */
    @Override
    public boolean isJustBlocked() {
        blocked.values().removeIf(since -> System.nanoTime() - since > MONITOR_NANOS);
        return !blocked.isEmpty();
    }
}
