package dev.asyncloop.samples.bench.loop;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A million tasks that sleep on one loop, all until the same moment: the heap that each takes while they sleep, and the time that
 * each takes to start and, after that moment, to end. A program, because the heap is to hold nothing else.
 */
final class Sleepers {

    /** What it reports. */
    static final String START = "sleepers.start";

    static final String END = "sleepers.end";
    static final String BYTES = "sleepers.bytes";

    private static final int COUNT = 1_000_000;

    private final Contender contender;
    private final long heapBefore = heap();
    private final long start = System.nanoTime();

    /** Late enough for all to be asleep and counted. */
    private final long wake = start + Duration.ofSeconds(10).toNanos();

    private double startNanos;
    private long awakeFrom;

    private Sleepers(Contender contender) {
        this.contender = contender;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Contender contender = Contender.valueOf(arguments[0]);
        Sleepers sleepers = new Sleepers(contender);
        switch (contender) {
            case ASYNCLOOP -> sleepers.onLoop();
            case BARE -> sleepers.onVirtualThreads();
            case KOTLINX -> Coroutines.sleepUntil(COUNT, sleepers.wake, sleepers::asleep);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        sleepers.ended();
    }

    private void onLoop() {
        try (EventLoop loop = EventLoop.create()) {
            loop.runUntilComplete(() -> {
                var done = loop.<Void>createFuture();
                Countdown ended = new Countdown(COUNT, next -> {}, () -> done.complete(null));
                for (int i = 0; i < COUNT; i++) {
                    loop.createTask(() -> {
                        Asyncio.sleep(untilWake());
                        ended.run();
                    });
                }
                Asyncio.sleep(Duration.ZERO);
                asleep();
                done.await();
            });
        }
    }

    private void onVirtualThreads() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            Countdown ended = new Countdown(COUNT, next -> {}, done::countDown);
            for (int i = 0; i < COUNT; i++) {
                Thread.startVirtualThread(() -> {
                    sleep(untilWake());
                    ended.run();
                });
            }
            Thread.yield();
            asleep();
        });
        done.await();
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private Duration untilWake() {
        return Duration.ofNanos(wake - System.nanoTime());
    }

    private void asleep() {
        long now = System.nanoTime();
        if (now > wake) {
            System.out.println("the first woke before the last slept: this machine is too slow, or too busy");
            Runtime.getRuntime().halt(0);
        }
        startNanos = (now - start) / (double) COUNT;
        Program.report(contender, BYTES, (heap() - heapBefore) / (double) COUNT);
        awakeFrom = Math.max(wake, System.nanoTime());
    }

    private void ended() {
        double endNanos = (System.nanoTime() - awakeFrom) / (double) COUNT;
        Program.report(contender, START, startNanos);
        Program.report(contender, END, endNanos);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
