package dev.asyncloop.jdk;

import dev.asyncloop.agent.Hook;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * The virtual threads that the JDK's own scheduler runs: those that a platform thread started, and those that these
 * started. No loop knows of them. Any thread.
 */
public final class LooseThreads {

    /** Keeps all that are in no executor and no scope, unless {@code jdk.trackAllThreads} says no. */
    private static final String SET = "jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer";

    /** By this an executor starts a thread for one task. */
    private static final String START_IN_EXECUTOR = "start";

    private static final @Nullable MethodHandle SCHEDULER;
    private static final @Nullable Object OF_THE_JDK;

    static {
        MethodHandle scheduler = null;
        Object ofTheJdk = null;
        try {
            Class<?> type = Class.forName("java.lang.VirtualThread");
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            ofTheJdk = inside.findStaticGetter(type, "DEFAULT_SCHEDULER", ForkJoinPool.class)
                    .invoke();
            scheduler = inside.findGetter(type, "scheduler", Executor.class)
                    .asType(MethodType.methodType(Object.class, Thread.class));
        } catch (Throwable unknownJdk) {
            ofTheJdk = null;
        }
        SCHEDULER = scheduler;
        OF_THE_JDK = ofTheJdk;
    }

    private LooseThreads() {}

    /** Whether {@code hook} is for virtual threads. */
    public static boolean isIn(Hook hook) {
        return hook.place().target().equals(SET) || hook.place().method().equals(START_IN_EXECUTOR);
    }

    /** Whether they can be told from the virtual threads of loops. */
    public static boolean areKnown() {
        return SCHEDULER != null && OF_THE_JDK != null;
    }

    /** Whether {@code virtual}, which is a virtual thread, is one of them. It is asked for each that starts. */
    public static boolean isOne(Thread virtual) {
        try {
            return SCHEDULER != null && (Object) SCHEDULER.invokeExact(virtual) == OF_THE_JDK;
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
