package dev.asyncloop.registers;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edited {@code CompletableFuture} calls when it reads a future without calling its methods. It passes the
 * future on to a listener of ours.
 *
 * <p>A template: a copy of it in package {@code java.util.concurrent} is used instead, for the same reasons as with
 * {@link DescriptorEvents}.
 */
public final class CombinedFutureEvents implements Consumer<Consumer<Object>> {

    private static volatile @Nullable Consumer<Object> listener;

    /** Called for the copy. */
    public CombinedFutureEvents() {}

    /** From now on {@code told} is told. */
    @Override
    public void accept(Consumer<Object> told) {
        listener = told;
    }

    /** A future of the array is about to be read. If it is null, the JDK is about to throw. */
    public static void read(@Nullable Object future) {
        Consumer<Object> told = listener;
        if (told != null && future != null) {
            told.accept(future);
        }
    }
}
