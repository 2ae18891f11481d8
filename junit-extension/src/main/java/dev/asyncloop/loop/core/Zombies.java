package dev.asyncloop.loop.core;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Continues tasks that wake up after their loop was closed. They run on daemon threads of ours. So nothing fails in the
 * thread that wakes them, and they can release the locks that they hold.
 */
public final class Zombies {

    private static final AtomicLong COUNT = new AtomicLong();

    private Zombies() {}

    /** Made when the first task needs it; most runs have none. */
    private static final class Threads {
        static final ExecutorService ALL = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("asyncloop-zombie-", 1).factory());
    }

    /** How many tasks of this JVM woke up after their loop was closed. */
    public static long count() {
        return COUNT.get();
    }

    /** Takes over the steps that a closed loop does not run any more. Any thread. */
    static void take(List<Step> steps) {
        for (Step step : steps) {
            // a task that has begun may hold a lock; a thread that others started may be waited for
            if (step instanceof Coroutine coroutine && (coroutine.started() || coroutine.isAdopted())) {
                resume(coroutine);
            }
        }
    }

    /** Runs a coroutine up to where it waits next. */
    private static void resume(Coroutine coroutine) {
        if (coroutine.outlivesItsLoop() && !coroutine.isForGood()) {
            coroutine.core().host().outlivesItsLoop(coroutine, COUNT.incrementAndGet());
        }
        Threads.ALL.execute(() -> {
            coroutine.resume();
            if (coroutine.core().engine().isOver(coroutine)) {
                coroutine.core().register().forget(coroutine);
            }
        });
    }
}
