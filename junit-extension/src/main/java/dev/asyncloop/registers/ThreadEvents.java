package dev.asyncloop.registers;

import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited classes of the JDK call when a thread, an executor or the like begins, when a thread ends by an
 * exception, and when something else is made that has to be ended. It passes that on to a listener of ours.
 *
 * <p>A template: a copy of it inside {@code java.base}, in package {@code java.lang}, is used instead, for the same
 * reasons as with {@link DescriptorEvents}.
 */
public final class ThreadEvents implements Consumer<ObjIntConsumer<Object>> {

    /** A thread is about to start, or an executor, a process or the like was made. */
    static final int BEGINS = 0;

    /** An exception that nobody has caught ends the current thread. */
    static final int DIES = 1;

    /** A command is no longer delayed. */
    static final int HANDED = 2;

    /** A {@linkplain Resource resource} was made. */
    static final int MADE = 3;

    /** A resource was closed or removed. */
    static final int ENDED = 4;

    private static volatile @Nullable ObjIntConsumer<Object> listener;

    /** Called for the copy. */
    public ThreadEvents() {}

    /** Sets the listener. It is told of a thing, and of what happens to it. */
    @Override
    public void accept(ObjIntConsumer<Object> told) {
        listener = told;
    }

    /** An executor, a process or the like was made. Called once for each constructor, if one calls another. */
    public static void constructed(Object made) {
        tell(made, BEGINS);
    }

    /** A platform thread is about to start. */
    public static void starting(Thread thread) {
        tell(thread, BEGINS);
    }

    /** A thread is about to start that is in no scope, and perhaps in an executor: a virtual one, if in none. */
    public static void startingVirtual(Object thread) {
        tell(thread, BEGINS);
    }

    /** An exception that nobody has caught ends the current thread. Called before the thread's handler. */
    public static void dying(Throwable uncaught) {
        tell(uncaught, DIES);
    }

    /** A delayed command is handed to its executor. */
    public static void handing(Runnable command) {
        tell(command, HANDED);
    }

    /** A resource was made. Called once for each constructor, if one calls another. */
    public static void made(Object resource) {
        tell(resource, MADE);
    }

    /** A resource was closed or removed, perhaps not for the first time. */
    public static void ended(Object resource) {
        tell(resource, ENDED);
    }

    private static void tell(Object thing, int event) {
        ObjIntConsumer<Object> told = listener;
        if (told == null) {
            return;
        }
        try {
            told.accept(thing, event);
        } catch (Throwable ours) {
            // the caller goes on as if we were not here, also when its stack or the heap is full
            return;
        }
    }
}
