package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Makes virtual threads whose scheduler is an executor of ours, and reads the little that we need from them.
 *
 * <p>The constructor used here is package-private in the JDK and the same in 21, 25, 26 and 27. A virtual thread that
 * is started from one of these threads inherits the scheduler.
 */
public final class LoopThreads {

    private static final MethodHandle BUILDER;
    private static final MethodHandle SCHEDULER;

    /** Reads the virtual thread of a continuation that the scheduler is given: the one field of a lambda. */
    private static final MethodHandle THREAD_OF_CONTINUATION;

    static {
        JdkAccess.ensureOpen();
        Warmup.ensureDone();
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            Class<?> virtualThread = Class.forName("java.lang.VirtualThread");
            BUILDER = lookup.unreflectConstructor(JdkAccess.accessible(builder.getDeclaredConstructor(Executor.class)))
                    .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
            SCHEDULER = lookup.unreflectGetter(JdkAccess.accessible(virtualThread.getDeclaredField("scheduler")))
                    .asType(MethodType.methodType(Executor.class, Thread.class));
            Class<?> continuation = lookup.unreflectGetter(
                            JdkAccess.accessible(virtualThread.getDeclaredField("runContinuation")))
                    .asType(MethodType.methodType(Object.class, Thread.class))
                    .invoke(Thread.ofVirtual().unstarted(() -> {}))
                    .getClass();
            THREAD_OF_CONTINUATION = lookup.unreflectGetter(
                            JdkAccess.accessible(continuation.getDeclaredFields()[0]))
                    .asType(MethodType.methodType(Thread.class, Runnable.class));
        } catch (Throwable unknownJdk) {
            throw new IllegalStateException("asyncloop does not know this JDK: " + Runtime.version(), unknownJdk);
        }
    }

    private LoopThreads() {}

    /** A builder of virtual threads that run where {@code scheduler} runs the continuations it is given. */
    public static Thread.Builder.OfVirtual ofVirtual(Executor scheduler) {
        try {
            return (Thread.Builder.OfVirtual) BUILDER.invokeExact(scheduler);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /**
     * Keeps the JDK from starting its socket pollers as virtual threads of a loop. To be called before each loop: code
     * that restores system properties undoes it. Any thread.
     */
    public static void keepPollersOff() {
        Warmup.keepPollersOff();
    }

    /** The scheduler of a virtual thread. The thread must be virtual. Any thread. */
    public static Executor schedulerOf(Thread virtual) {
        try {
            return (Executor) SCHEDULER.invokeExact(virtual);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The virtual thread that {@code continuation} continues. The JDK gave that to a scheduler. Any thread. */
    public static Thread threadOf(Runnable continuation) {
        try {
            return (Thread) THREAD_OF_CONTINUATION.invokeExact(continuation);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
