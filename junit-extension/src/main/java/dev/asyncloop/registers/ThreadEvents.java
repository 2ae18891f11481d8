package dev.asyncloop.registers;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited classes of the JDK call when a thread, an executor or the like begins, or when a thread ends by an
 * exception. It passes that on to listeners of ours.
 *
 * <p>A template: a copy of it inside {@code java.base}, in package {@code java.lang}, is used instead, for the same
 * reasons as with {@link DescriptorEvents}.
 */
public final class ThreadEvents implements BiConsumer<Consumer<Object>, Consumer<Object>> {

    private static volatile @Nullable Consumer<Object> beginnings;
    private static volatile @Nullable Consumer<Object> commands;

    /** Called for the copy. */
    public ThreadEvents() {}

    /** Sets the listeners. The second one is told of commands that are no longer delayed. */
    @Override
    public void accept(Consumer<Object> toBeginnings, Consumer<Object> toCommands) {
        beginnings = toBeginnings;
        commands = toCommands;
    }

    /** An executor, a process or the like was made. Called once for each constructor, if one calls another. */
    public static void constructed(Object made) {
        tell(beginnings, made);
    }

    /** A platform thread or a virtual thread is about to start. */
    public static void starting(Thread thread) {
        tell(beginnings, thread);
    }

    /** An exception that nobody has caught ends the current thread. Called before the thread's handler. */
    public static void dying(Throwable uncaught) {
        tell(beginnings, uncaught);
    }

    /** A delayed command is handed to its executor. */
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
