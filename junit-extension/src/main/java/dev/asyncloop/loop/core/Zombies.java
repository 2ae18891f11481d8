package dev.asyncloop.loop.core;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where tasks go on that wake up after their loop was closed: on daemon threads of ours, so that whoever wakes them is
 * not refused and the locks they hold are given back.
 */
public final class Zombies {

    private static final AtomicLong COUNT = new AtomicLong();

    private Zombies() {}

    /** Not made before the first of them needs it: each loop that is closed comes by here. */
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

    /** What a closed loop does not run any more. Any thread. */
    static void take(List<Step> steps) {
        for (Step step : steps) {
            // a task that began may hold a lock; of one that did not, nobody but us knows
            if (step instanceof Coroutine coroutine && (coroutine.started() || coroutine.isAdopted())) {
                resume(coroutine);
            }
        }
    }

    /** Runs a task up to where it waits next. */
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
