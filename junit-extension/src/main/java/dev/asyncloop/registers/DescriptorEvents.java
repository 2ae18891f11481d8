package dev.asyncloop.registers;

import java.io.FileDescriptor;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited classes of the JDK call when they open or close a descriptor. It passes that on to a listener of
 * ours.
 *
 * <p>A template: a copy of it inside {@code java.base}, in package {@code java.io}, is used instead, since all those
 * classes can see it there. So it is public, uses nothing but {@code java.base}, and has neither lambdas nor string
 * concatenation.
 */
public final class DescriptorEvents
        implements BiConsumer<ObjIntConsumer<@Nullable FileDescriptor>, ObjIntConsumer<@Nullable Object>> {

    private static final int NONE = -1;

    private static volatile @Nullable ObjIntConsumer<@Nullable FileDescriptor> openings;
    private static volatile @Nullable ObjIntConsumer<@Nullable Object> closings;

    /**
     * The thread that is about to make an object for a number that was told before. If two threads do so at once, one
     * object is told as another opening, which does no harm.
     */
    private static volatile @Nullable Thread wrapper;

    /** Called for the copy. */
    public DescriptorEvents() {}

    /**
     * Sets the listeners. They are told of a descriptor's object and -1, or of its number if it has no object. The
     * second is also told of a channel that was closed.
     */
    @Override
    public void accept(
            ObjIntConsumer<@Nullable FileDescriptor> toOpenings, ObjIntConsumer<@Nullable Object> toClosings) {
        openings = toOpenings;
        closings = toClosings;
    }

    /** A descriptor was made, which has no number yet; or a channel, whose descriptors have their numbers now. */
    public static void constructed(Object made) {
        if (!(made instanceof FileDescriptor descriptor)) {
            tell(openings, null, NONE);
        } else if (wrapper == Thread.currentThread()) {
            wrapper = null;
        } else {
            tell(openings, descriptor, NONE);
        }
    }

    /** A number that was told before is about to get an object. That is no other opening. */
    public static void wrapping(int number) {
        wrapper = Thread.currentThread();
    }

    public static void opened(int number) {
        tell(openings, null, number);
    }

    /** A pipe was opened: its read end is in the upper half of {@code ends}, its write end in the lower. */
    public static void opened(long ends) {
        opened((int) (ends >>> 32));
        opened((int) ends);
    }

    public static void opened(int[] numbers) {
        for (int number : numbers) {
            opened(number);
        }
    }

    public static void closing(FileDescriptor descriptor) {
        tell(closings, descriptor, NONE);
    }

    public static void closing(int number) {
        tell(closings, null, number);
    }

    /** A channel was closed. If a selector has it, its descriptor may still be open. */
    public static void closed(Object channel) {
        tell(closings, channel, NONE);
    }

    private static <T> void tell(@Nullable ObjIntConsumer<@Nullable T> listener, @Nullable T what, int number) {
        if (listener == null) {
            return;
        }
        try {
            listener.accept(what, number);
        } catch (Throwable ours) {
            // the caller opens and closes as if we were not here, also when its stack or the heap is full
            return;
        }
    }
}
