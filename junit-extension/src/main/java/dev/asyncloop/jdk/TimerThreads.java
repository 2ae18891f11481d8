package dev.asyncloop.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Timer;
import org.jspecify.annotations.Nullable;

/** The platform threads of {@link Timer}. Any thread. */
public final class TimerThreads {

    private static final String THREAD = "java.util.TimerThread";

    /** Null if the JDK is closed to us. */
    private static final @Nullable MethodHandle IS_OPEN = isOpen();

    private TimerThreads() {}

    private static @Nullable MethodHandle isOpen() {
        try {
            return MethodHandles.privateLookupIn(Timer.class, MethodHandles.lookup())
                    .findGetter(Class.forName(THREAD), "newTasksMayBeScheduled", boolean.class)
                    .asType(MethodType.methodType(boolean.class, Thread.class));
        } catch (ReflectiveOperationException closed) {
            return null;
        }
    }

    /**
     * Whether it is the thread of a timer that was not cancelled. If the JDK is closed to us, the thread of any timer.
     */
    public static boolean isOpen(Thread thread) {
        if (!thread.getClass().getName().equals(THREAD)) {
            return false;
        }
        try {
            return IS_OPEN == null || (boolean) IS_OPEN.invokeExact(thread);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
