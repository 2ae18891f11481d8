package dev.asyncloop.registers;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited {@code CompletableFuture} calls when it reads a future past the methods of that: passes it on to a
 * listener of ours.
 *
 * <p>Not used as it is, for the same reasons as {@link DescriptorEvents}: a copy of it is defined in package
 * {@code java.util.concurrent}.
 */
public final class CombinedFutureEvents implements Consumer<Consumer<Object>> {

    private static volatile @Nullable Consumer<Object> listener;

    /** For the one who defines that copy. */
    public CombinedFutureEvents() {}

    /** From now on this one is told. */
    @Override
    public void accept(Consumer<Object> told) {
        listener = told;
    }

    /** An element of the array of futures is about to be read; where it is null, the JDK is about to complain. */
    public static void read(@Nullable Object future) {
        Consumer<Object> told = listener;
        if (told != null && future != null) {
            told.accept(future);
        }
    }
}
