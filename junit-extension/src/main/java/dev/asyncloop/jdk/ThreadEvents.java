package dev.asyncloop.jdk;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited classes of the JDK call when a thread, an executor or a process begins, or a thread ends by an exception: passes it
 * on to a listener of ours.
 *
 * <p>Not used as it is: {@link ThreadOrigins} defines a copy of it inside {@code java.base}, in package {@code java.lang}, as
 * {@link DescriptorEvents}.
 */
public final class ThreadEvents {

    private static volatile @Nullable Consumer<Object> beginnings;

    private ThreadEvents() {}

    /** From now on this one is told. */
    public static void listen(Consumer<Object> toBeginnings) {
        beginnings = toBeginnings;
    }

    /** An executor or a process, which is complete; again for each constructor that calls another. */
    public static void constructed(Object made) {
        tell(made);
    }

    /** A platform thread, which does not run yet: what it does itself comes later. */
    public static void starting(Thread thread) {
        tell(thread);
    }

    /** What nobody has caught on the current thread, before the thread's handler hears of it. */
    public static void dying(Throwable uncaught) {
        tell(uncaught);
    }

    private static void tell(Object thing) {
        Consumer<Object> listener = beginnings;
        if (listener == null) {
            return;
        }
        try {
            listener.accept(thing);
        } catch (Throwable ours) {
            // the caller begins it as if we were not here, also when its stack or the heap is full
            return;
        }
    }
}
