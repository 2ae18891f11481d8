package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the threads that all virtual threads share off the loops. The JDK starts such a thread when it is first needed,
 * on whichever thread needs it.
 *
 * <p>There are two kinds. Pollers wait for sockets. As virtual threads that are started inside a loop, they would
 * inherit the loop as their scheduler and look like leaks; so they must be platform threads. The other thread, on JDK
 * 21 only, wakes threads whose timed wait is over. Started by a thread that is no daemon, it would keep the JVM alive;
 * so a daemon thread starts it before the first loop runs.
 */
public final class Warmup {

    /** The system property that the JDK reads when the first virtual thread waits for a socket. */
    private static final String POLLER_MODE = "jdk.pollerMode";

    private static final String PLATFORM_THREADS = "1";

    /** Whether the JDK starts that other thread as a daemon: on 25 it does, on 21 it does not. */
    private static final boolean UNPARKER_IS_A_DAEMON = Runtime.version().feature() >= 25;

    private Warmup() {}

    private static final class Once {

        static {
            run();
        }

        static void ensure() {}
    }

    /** Takes care of both, once, if the JDK is open to us. */
    public static void ensureDone() {
        if (JdkAccess.current() != JdkAccess.NONE) {
            Once.ensure();
        }
    }

    private static void run() {
        keepPollersOff();
        if (!UNPARKER_IS_A_DAEMON || !PLATFORM_THREADS.equals(System.getProperty(POLLER_MODE))) {
            onDaemonThread(Warmup::startSharedThreads);
        }
    }

    /**
     * Runs {@code action} on a daemon thread, and returns when that has ended. An interrupt does not end the wait; the
     * status is set again afterwards.
     */
    static void onDaemonThread(Runnable action) {
        Thread thread = Thread.ofPlatform().daemon().name("asyncloop-warm-up").start(action);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the JDK use platform threads for pollers, unless the user has chosen. Any thread. */
    static void keepPollersOff() {
        System.getProperties().putIfAbsent(POLLER_MODE, PLATFORM_THREADS);
    }

    private static void startSharedThreads() {
        try {
            if (!PLATFORM_THREADS.equals(System.getProperty(POLLER_MODE))) {
                Class.forName("sun.nio.ch.Poller", true, null);
            }
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
