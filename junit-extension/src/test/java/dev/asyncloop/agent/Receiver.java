package dev.asyncloop.agent;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A template for what hooks in tests call: passes on what they give it. */
public final class Receiver implements Consumer<Consumer<Object>> {

    private static volatile @Nullable Consumer<Object> listener;

    /** For the one who defines a copy of it. */
    public Receiver() {}

    @Override
    public void accept(Consumer<Object> told) {
        listener = told;
    }

    public static void read(Object thing) {
        Consumer<Object> told = listener;
        if (told != null) {
            told.accept(thing);
        }
    }
}
