package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything at once, from inside and from other threads: all of it ends, and no wake-up is lost. */
@Timeout(30)
class StressTests {

    private static final int ROUNDS = 40;
    private static final int TASKS = 200;
    private static final int THREADS = 3;

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Queue<LoopFuture<Integer>> awaited = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger callbacks = new AtomicInteger();
    private final AtomicInteger wanted = new AtomicInteger();

    @Test
    @Tag("scheduler")
    void all_tasks_end() {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long roundSeed = random.nextLong();
            try {
                loop.runUntilComplete(() -> oneRound(new Random(roundSeed)));
                assertThat(loop.allTasks()).isEmpty();
            } catch (Throwable failed) {
                throw new AssertionError("seed " + seed + ", round " + round + "\n" + loop.snapshot(), failed);
            }
        }
    }

    private void oneRound(Random random) throws Exception {
        CountDownLatch ended = new CountDownLatch(TASKS);
        List<Thread> helpers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long helperSeed = random.nextLong();
            helpers.add(Thread.ofPlatform().start(() -> help(new Random(helperSeed), ended)));
        }
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            long taskSeed = random.nextLong();
            Task<?> task = loop.createTask(() -> work(new Random(taskSeed), tasks));
            task.addDoneCallback(done -> ended.countDown());
            tasks.add(task);
        }
        ended.await(); // of the loop: the helpers complete what is awaited
        for (Thread helper : helpers) {
            helper.join();
        }
        tasks.forEach(task -> assertThat(catchThrowable(task::await))
                .satisfiesAnyOf(
                        failure -> assertThat(failure).isNull(),
                        failure -> assertThat(failure).isInstanceOf(CancelledException.class)));
        Asyncio.sleep(Duration.ZERO); // what the helpers called last
        assertThat(callbacks).hasValue(wanted.get());
    }

    /** What a task does: a few random things that suspend it, or not. */
    private void work(Random random, List<Task<?>> tasks) throws Exception {
        for (int step = random.nextInt(6); step >= 0; step--) {
            switch (random.nextInt(9)) {
                case 0 -> Asyncio.sleep(Duration.ofNanos(random.nextInt(200_000)));
                case 1 -> Thread.sleep(0, random.nextInt(200_000));
                case 2 -> Asyncio.sleep(Duration.ZERO);
                case 3 -> awaitFromOutside();
                case 4 -> tasks.get(random.nextInt(tasks.size())).cancel("at random");
                case 5 -> Thread.startVirtualThread(() -> countCallback()).join();
                case 6 -> withLock();
                case 7 -> assertThat(loop.createTask(() -> 7).await()).isEqualTo(7);
                default -> callSoon();
            }
        }
    }

    private void countCallback() {
        wanted.incrementAndGet();
        callbacks.incrementAndGet();
    }

    private void callSoon() {
        wanted.incrementAndGet();
        loop.callSoon(callbacks::incrementAndGet);
    }

    private void awaitFromOutside() {
        LoopFuture<Integer> future = loop.createFuture();
        awaited.add(future);
        assertThat(future.await()).isEqualTo(1);
    }

    private void withLock() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Thread.yield();
        } finally {
            lock.unlock();
        }
    }

    /** Another thread: completes what the tasks await, calls into the loop, and now and then pauses. */
    private void help(Random random, CountDownLatch ended) {
        while (ended.getCount() > 0) {
            LoopFuture<Integer> future = awaited.poll();
            if (future != null) {
                future.complete(1);
            }
            if (random.nextInt(4) == 0) {
                wanted.incrementAndGet();
                loop.callSoonThreadsafe(callbacks::incrementAndGet);
            }
            if (random.nextBoolean()) {
                Thread.yield();
            }
        }
    }
}
