package dev.asyncloop.jdk;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the JDK start the threads that all virtual threads share, before the first loop runs, from a daemon thread.
 *
 * <p>The JDK starts them when they are first needed, from whichever thread needs them. Started inside a loop, the virtual
 * threads among them (the socket pollers) would inherit the loop as their scheduler and look like leaks; started from a
 * thread that is no daemon, the one that wakes timed parkings on JDK 21 would keep the JVM alive.
 */
final class Warmup {

    private Warmup() {}

    static void run() {
        Thread starter = Thread.ofPlatform().daemon().name("asyncloop-warm-up").start(Warmup::startSharedThreads);
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startSharedThreads() {
        try {
            Class.forName("sun.nio.ch.Poller", true, null);
            BlockingQueue<Runnable> continuations = new LinkedBlockingQueue<>();
            // The constructor, not LoopThreads: that class is being initialised by whoever waits for us.
            var constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            Executor scheduler = continuations::add;
            Thread sleeper = ((Thread.Builder.OfVirtual)
                            JdkAccess.accessible(constructor).newInstance(scheduler))
                    .start(() -> LockSupport.parkNanos(1));
            while (sleeper.isAlive()) {
                continuations.take().run();
            }
        } catch (ReflectiveOperationException unknownJdk) {
            throw new IllegalStateException("asyncloop does not know this JDK: " + Runtime.version(), unknownJdk);
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt(); // nobody else knows this thread
        }
    }
}
