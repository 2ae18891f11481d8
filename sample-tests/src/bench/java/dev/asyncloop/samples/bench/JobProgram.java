package dev.asyncloop.samples.bench;

import dev.asyncloop.leak.Leaks;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives jobs to pools of one thread over and over, in a JVM that was not edited, while nobody's account is open, or in one. */
final class JobProgram {

    /** Frames between a test's body and its runner's main, more or less. */
    private static final int DEPTH = 50;

    private static final int ROUNDS = 15;
    private static final int JOBS = 200_000;
    private static final int MOST_QUEUED = 2_000;
    private static final int LOOK_EACH = 1_024;

    private static final int FIBONACCI = 23;
    /** The calls of {@code compute} for it, each but the first with a fork in every second of them. */
    private static final double FORKS = 46_367;

    private JobProgram() {}

    private interface Giver {
        void give(Runnable job);
    }

    private interface Queued {
        long jobs();
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "bare" -> measure();
            case "nobody" -> {
                Leaks.find("begins to watch", () -> {});
                measure();
            }
            case "owner" ->
                Leaks.find(
                        "the program",
                        () -> Thread.ofPlatform().start(JobProgram::measure).join());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void measure() {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
                ForkJoinPool forks = new ForkJoinPool(1)) {
            Queued inPool = () -> pool.getQueue().size();
            for (int depth : new int[] {0, DEPTH}) {
                String below = ", " + depth + " frames below";
                report("ThreadPoolExecutor.execute" + below, depth, pool::execute, inPool);
                report("ThreadPoolExecutor.submit" + below, depth, pool::submit, inPool);
                report("ForkJoinPool.execute" + below, depth, forks::execute, forks::getQueuedSubmissionCount);
            }
            double least = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long from = System.nanoTime();
                forks.invoke(new Fibonacci(FIBONACCI));
                least = Math.min(least, (System.nanoTime() - from) / FORKS);
            }
            System.out.printf("ForkJoinTask.fork\t%.1f%n", least);
        }
    }

    private static void report(String what, int depth, Giver giver, Queued queued) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, deep(depth, giver, queued));
        }
        System.out.printf("%s\t%.1f%n", what, least);
    }

    private static double deep(int depth, Giver giver, Queued queued) {
        return depth == 0 ? nanosEach(giver, queued) : deep(depth - 1, giver, queued);
    }

    /** What the giver's thread needs for a job; the queue stays short. */
    private static double nanosEach(Giver giver, Queued queued) {
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        Runnable job = () -> {
            if (count.incrementAndGet() == JOBS) {
                done.countDown();
            }
        };
        long from = System.nanoTime();
        for (int i = 0; i < JOBS; i++) {
            giver.give(job::run); // another object each time, as mostly
            if (i % LOOK_EACH == 0) {
                while (queued.jobs() > MOST_QUEUED) {
                    Thread.onSpinWait();
                }
            }
        }
        try {
            done.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
        return (System.nanoTime() - from) / (double) JOBS;
    }

    @SuppressWarnings("serial") // nobody serialises it
    private static final class Fibonacci extends RecursiveTask<Integer> {
        private final int number;

        Fibonacci(int number) {
            this.number = number;
        }

        @Override
        protected Integer compute() {
            if (number < 2) {
                return number;
            }
            Fibonacci forked = new Fibonacci(number - 1);
            forked.fork();
            return new Fibonacci(number - 2).compute() + forked.join();
        }
    }
}
