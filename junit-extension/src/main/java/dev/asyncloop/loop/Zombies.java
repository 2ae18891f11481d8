package dev.asyncloop.loop;

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

    /** Runs a task of a closed loop up to where it waits next. Any thread. */
    static void take(Task<?> task) {
        THREADS.execute(() -> {
            task.resume();
            if (!task.thread().isAlive()) {
                task.loop().register().forget(task);
            }
        });
    }
}
