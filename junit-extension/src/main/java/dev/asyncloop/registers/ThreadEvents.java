package dev.asyncloop.registers;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited classes of the JDK call when a thread, an executor or the like begins, or a thread ends by an
 * exception: passes it on to listeners of ours.
 *
 * <p>Not used as it is: a copy of it is defined inside {@code java.base}, in package {@code java.lang}, as of
 * {@link DescriptorEvents}.
 */
public final class ThreadEvents implements BiConsumer<Consumer<Object>, Consumer<Object>> {

    private static volatile @Nullable Consumer<Object> beginnings;
    private static volatile @Nullable Consumer<Object> commands;

    /** For the one who defines that copy. */
    public ThreadEvents() {}

    /** From now on these are told, the second of what is no longer delayed. */
    @Override
    public void accept(Consumer<Object> toBeginnings, Consumer<Object> toCommands) {
        beginnings = toBeginnings;
        commands = toCommands;
    }

    /** An executor, a process or the like, which is complete; again for each constructor that calls another. */
    public static void constructed(Object made) {
        tell(beginnings, made);
    }

    /** A platform thread, which does not run yet: what it does itself comes later. */
    public static void starting(Thread thread) {
        tell(beginnings, thread);
    }

    /** What nobody has caught on the current thread, before the thread's handler hears of it. */
    public static void dying(Throwable uncaught) {
        tell(beginnings, uncaught);
    }

    /** A command that was delayed, and now gets to its executor. */
    public static void handing(Runnable command) {
        tell(commands, command);
    }

    private static void tell(@Nullable Consumer<Object> listener, Object thing) {
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
