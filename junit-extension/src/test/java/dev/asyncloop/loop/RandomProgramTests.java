package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Promises;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random programs of everything that tasks do with each other, many times over: no wake-up may be lost, no task, and no order that is
 * promised. A failure names the seed that makes the same programs again.
 */
@Timeout(300)
class RandomProgramTests {

    /** A hand-over takes a portable task some hundred times as long. */
    private static final int OPERATIONS = LoopEngine.byDefault() == LoopEngine.SCHEDULER ? 1_000_000 : 50_000;

    private static final int DEEP = 3;

    /** Thrown on purpose. */
    private static final class Planned extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void no_task_no_wake_up_and_no_order_is_lost() throws InterruptedException {
        long seed = Long.getLong("asyncloop.seed", ThreadLocalRandom.current().nextLong());
        Random random = new Random(seed);
        int operations = 0;
        for (int round = 0; operations < OPERATIONS; round++) {
            Program program = new Program(random.nextLong());
            try {
                program.run();
            } catch (Throwable failed) {
                throw new AssertionError("-Dasyncloop.seed=" + seed + ", round " + round, failed);
            }
            operations += program.operations.get();
        }
        System.out.println("random programs: " + operations + " operations, seed " + seed);
    }

    /** One loop and what happens on it. */
    private static final class Program {

        private final Random random;
        private final EventLoop loop;
        private final boolean virtual;
        private final boolean leaves;
        private final List<Task<?>> tasks = new ArrayList<>();
        private final AtomicInteger operations = new AtomicInteger();
        private int begun;
        private int ended;
        private int asked;
        private int called;
        private Duration lastDue = Duration.ZERO;

        Program(long seed) {
            random = new Random(seed);
            virtual = random.nextBoolean();
            leaves = random.nextInt(4) == 0;
            LoopOptions options = LoopOptions.defaults().timeout(Duration.ofSeconds(60));
            options = virtual ? options.clock(LoopClock.virtual()) : options;
            options = random.nextBoolean() ? options.ordering(Ordering.shuffled(random.nextLong())) : options;
            loop = EventLoop.create(options);
        }

        void run() {
            try (Runner runner = Runner.create(options -> loop)) {
                runner.run(() -> {
                    for (int i = 0; i < 40; i++) {
                        spawn(0);
                    }
                    if (!leaves) {
                        awaitAll();
                    }
                });
            }
            assertThat(loop.allTasks()).isEmpty();
            assertThat(tasks).allSatisfy(task -> assertThat(task).isDone());
            assertThat(tasks.stream().map(Promises::failure).filter(Objects::nonNull))
                    .allMatch(Program::isPlanned);
            assertThat(ended).isEqualTo(begun);
            if (!leaves) {
                assertThat(called).isEqualTo(asked);
            }
        }

        private void awaitAll() {
            for (int i = 0; i < tasks.size(); i++) { // which grows meanwhile
                outcome(tasks.get(i));
            }
            Asyncio.sleep(Duration.ZERO); // what was called last
            Asyncio.sleep(Duration.ZERO);
        }

        private Task<?> spawn(int depth) {
            Random own = new Random(random.nextLong());
            Task<?> task = loop.createTask(() -> perform(own, depth));
            tasks.add(task);
            return task;
        }

        private int perform(Random own, int depth) throws Exception {
            begun++;
            try {
                for (int left = own.nextInt(12); left >= 0; left--) {
                    operations.incrementAndGet();
                    Duration before = loop.time();
                    step(own, depth);
                    assertThat(loop.time()).isGreaterThanOrEqualTo(before);
                    assertThat(Asyncio.currentTask()).isNotNull();
                }
                return own.nextInt();
            } finally {
                ended++;
            }
        }

        private void step(Random own, int depth) throws Exception {
            switch (own.nextInt(depth < DEEP ? 14 : 9)) {
                case 0, 1 -> Asyncio.sleep(Duration.ZERO);
                case 2 -> Asyncio.sleep(delay(own));
                case 3 -> callSoon();
                case 4 -> callLater(delay(own));
                case 5 -> tasks.get(own.nextInt(tasks.size())).cancel("at random");
                case 6 -> completedByACallback(own.nextInt());
                case 7 -> timeOut(own);
                case 8 -> completedFromOutside();
                case 9 -> outcome(spawn(depth + 1));
                case 10 -> spawn(depth + 1);
                case 11 -> outcome(Asyncio.gather(List.of(spawn(depth + 1), spawn(depth + 1))));
                case 12 -> group(depth);
                default -> {
                    outcome(Asyncio.shield(spawn(depth + 1)));
                    if (own.nextInt(8) == 0) {
                        throw new Planned();
                    }
                }
            }
        }

        private Duration delay(Random own) {
            return virtual ? Duration.ofMillis(own.nextInt(60_000)) : Duration.ofNanos(own.nextInt(200_000));
        }

        /** Waits for it; what it failed with is as was planned. */
        private static void outcome(LoopFuture<?> future) {
            Throwable failure = catchThrowable(future::await);
            if (failure != null && !isPlanned(failure)) {
                throw new AssertionError(failure);
            }
        }

        private static boolean isPlanned(Throwable failure) {
            return failure instanceof Planned
                    || failure instanceof CancelledException
                    || failure instanceof TaskGroupException group
                            && group.failures().stream().allMatch(Program::isPlanned);
        }

        /** Callbacks run in the order in which they were given to the loop. */
        private void callSoon() {
            int number = asked++;
            loop.callSoon(() -> assertThat(called++).isEqualTo(number));
        }

        /** Timers fire at their time and in its order. */
        private void callLater(Duration delay) {
            AtomicReference<TimerHandle> timer = new AtomicReference<>();
            timer.set(loop.callLater(delay, () -> {
                Duration due = timer.get().when();
                assertThat(due).isGreaterThanOrEqualTo(lastDue);
                lastDue = due;
                assertThat(loop.time()).isGreaterThanOrEqualTo(due);
                if (virtual) {
                    assertThat(loop.time()).isEqualTo(due);
                }
            }));
        }

        private void completedByACallback(int value) {
            LoopFuture<Integer> future = loop.createFuture();
            loop.callSoon(() -> future.complete(value));
            assertThat(future.await()).isEqualTo(value);
        }

        private void completedFromOutside() {
            LoopFuture<Integer> future = loop.createFuture();
            AtomicInteger arrived = new AtomicInteger();
            LoopFuture<?> job = loop.runInExecutor(() -> {
                loop.callSoonThreadsafe(arrived::incrementAndGet);
                return loop.callSoonThreadsafe(() -> future.complete(arrived.get()));
            });
            assertThat(future.await()).isEqualTo(1); // the first before the second
            job.await();
        }

        private void timeOut(Random own) {
            Duration limit = delay(own);
            Duration sleep = delay(own);
            Duration start = loop.time();
            try {
                Asyncio.timeout(limit, () -> Asyncio.sleep(sleep));
                assertThat(loop.time().minus(start)).isGreaterThanOrEqualTo(sleep);
            } catch (TimeoutException over) {
                assertThat(loop.time().minus(start)).isGreaterThanOrEqualTo(limit);
            }
        }

        private void group(int depth) {
            try {
                TaskGroup.run(group -> {
                    for (int i = 0; i < 2; i++) {
                        Random own = new Random(random.nextLong());
                        tasks.add(group.createTask(() -> perform(own, depth + 1)));
                    }
                });
            } catch (TaskGroupException planned) {
                assertThat(planned.failures())
                        .allMatch(failure -> failure instanceof Planned || failure instanceof TaskGroupException);
            }
        }
    }
}
