package dev.asyncloop.loop.watch;

import java.util.concurrent.locks.LockSupport;

/**
 * The pace of the watchdog of all loops: a daemon thread that has it look four times a second, and rests while no loop
 * runs.
 */
final class WatchThread implements Pace {

    static final Watchdog WATCHDOG = new Watchdog(new WatchThread());

    /** It may wait for a run to begin. Written by the thread, read by those that begin runs. */
    private static volatile boolean resting = true;

    private WatchThread() {}

    /** Begins with the first run. In a class initialiser, so that the thread belongs to nobody. */
    private static final class Daemon {

        static final Thread THREAD =
                Thread.ofPlatform().daemon().name("asyncloop-watchdog").unstarted(WatchThread::lookOn);

        static {
            THREAD.start();
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void runBegins() {
        if (resting) {
            LockSupport.unpark(Daemon.THREAD);
        }
    }

    @Override
    public void hurry() {
        LockSupport.unpark(Daemon.THREAD);
    }

    @Override
    public boolean isHere() {
        return Thread.currentThread() == Daemon.THREAD;
    }

    private static void lookOn() {
        while (true) {
            waitForTick();
            WATCHDOG.tick();
            waitForRun();
            WATCHDOG.look();
        }
    }

    /** Until then it looks at the steps of loops in debug mode. */
    private static void waitForTick() {
        long end = System.nanoTime() + Watchdog.TICK_NANOS;
        for (long left = untilNext(end); left > 0; left = untilNext(end)) {
            LockSupport.parkNanos(Math.min(left, WATCHDOG.lookAtSteps()));
        }
    }

    private static long untilNext(long tick) {
        return Math.min(tick - System.nanoTime(), WATCHDOG.untilDue());
    }

    private static void waitForRun() {
        resting = true;
        while (!WATCHDOG.isWatching()) {
            LockSupport.park();
            WATCHDOG.touch();
        }
        resting = false;
    }
}
