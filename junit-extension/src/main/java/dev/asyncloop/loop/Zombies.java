package dev.asyncloop.loop;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where tasks go on that wake up after their loop was closed: on daemon threads of ours, so that whoever wakes them is not
 * refused and the locks they hold are given back.
 */
final class Zombies {

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("asyncloop-zombie-", 1).factory());

    private Zombies() {}

    /** What a closed loop does not run any more. Any thread. */
    static void take(List<Step> steps) {
        for (Step step : steps) {
            // a task that began may hold a lock; of one that did not, nobody but us knows
            if (step instanceof Task<?> task && (task.started() || task.isAdopted())) {
                resume(task);
            }
        }
    }

    /** Runs a task up to where it waits next. */
    private static void resume(Task<?> task) {
        THREADS.execute(() -> {
            task.resume();
            if (!task.thread().isAlive()) {
                task.loop().register().forget(task);
            }
        });
    }
}
