package dev.asyncloop.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which executor a thread works for, by the container in which the JDK starts it. Any thread. */
public final class Workers {

    private static final MethodHandle LIVE_THREADS;
    private static final MethodHandle CONTAINER_OF_THREAD;
    private static final MethodHandle CONTAINER_OF_POOL;

    private static final MethodHandle THREADS_OF_EXECUTOR;

    /** The executors that start a thread of its own for each task. They are containers themselves. */
    private static final Class<?> ONE_A_TASK;

    /** The class of the containers of pools. */
    private static final Class<?> OF_A_POOL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandles.Lookup thread = MethodHandles.privateLookupIn(Thread.class, lookup);
            Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
            Class<?> shared = Class.forName("jdk.internal.vm.SharedThreadContainer");
            LIVE_THREADS = thread.findStatic(Thread.class, "getAllThreads", MethodType.methodType(Thread[].class));
            CONTAINER_OF_THREAD = thread.findGetter(Thread.class, "container", container)
                    .asType(MethodType.methodType(Object.class, Thread.class));
            CONTAINER_OF_POOL = MethodHandles.privateLookupIn(ThreadPoolExecutor.class, lookup)
                    .findGetter(ThreadPoolExecutor.class, "container", shared)
                    .asType(MethodType.methodType(Object.class, ThreadPoolExecutor.class));
            ONE_A_TASK = Class.forName("java.util.concurrent.ThreadPerTaskExecutor");
            THREADS_OF_EXECUTOR = MethodHandles.privateLookupIn(ONE_A_TASK, lookup)
                    .findVirtual(ONE_A_TASK, "threads", MethodType.methodType(Stream.class))
                    .asType(MethodType.methodType(Stream.class, Object.class));
            OF_A_POOL = shared;
        } catch (ReflectiveOperationException unknownJdk) {
            throw new IllegalStateException("asyncloop does not know this JDK: " + Runtime.version(), unknownJdk);
        }
    }

    private Workers() {}

    /** Whether a thread was started by an executor. Each virtual thread has a container; that of most is no executor. */
    public static boolean isWorker(Thread thread) {
        Object container = containerOf(thread);
        return thread.isVirtual()
                ? container instanceof Executor || OF_A_POOL.isInstance(container)
                : container != null || thread instanceof ForkJoinWorkerThread;
    }

    /** Whether {@code executor} started that thread. */
    public static boolean worksFor(Thread thread, @Nullable Object executor) {
        if (thread instanceof ForkJoinWorkerThread worker) {
            return worker.getPool() == executor;
        }
        Object container = containerOf(thread);
        return container != null && (container == executor || container == containerOf(executor));
    }

    /** Whether {@code executor} starts a thread of its own for each task. */
    public static boolean startsOneATask(Object executor) {
        return ONE_A_TASK.isInstance(executor);
    }

    /** The executor that started the thread for one task, which the thread does until it ends; null if none did. */
    public static @Nullable Executor ofOneTask(Thread thread) {
        Object container = containerOf(thread);
        return container instanceof Executor executor && startsOneATask(executor) ? executor : null;
    }

    /** Whether {@code executor} has started virtual threads that are on no loop, and live. */
    public static boolean hasLoose(Object executor) {
        if (!startsOneATask(executor)) {
            return false;
        }
        try {
            Stream<?> threads = (Stream<?>) THREADS_OF_EXECUTOR.invokeExact(executor);
            return threads.anyMatch(each -> each instanceof Thread thread
                    && thread.isVirtual()
                    && thread.isAlive()
                    && LooseThreads.isOne(thread));
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The live platform threads that {@code executor} started. */
    public static List<Thread> of(Object executor) {
        try {
            return Stream.of((Thread[]) LIVE_THREADS.invokeExact())
                    .filter(thread -> worksFor(thread, executor))
                    .toList();
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private static @Nullable Object containerOf(Thread thread) {
        try {
            return (Object) CONTAINER_OF_THREAD.invokeExact(thread);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private static @Nullable Object containerOf(@Nullable Object executor) {
        try {
            return executor instanceof ThreadPoolExecutor pool ? (Object) CONTAINER_OF_POOL.invokeExact(pool) : null;
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
