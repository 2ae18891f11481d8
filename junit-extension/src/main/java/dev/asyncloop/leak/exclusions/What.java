package dev.asyncloop.leak.exclusions;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sort of thing that a row is about. The head of our own {@code exclusions.tsv} says what each means. */
public enum What {
    THREAD,
    LENT_THREAD,
    DESCRIPTOR,
    TEMPORARY,
    LOOP,
    LOOP_GROUP,
    LOOP_MAKER,
    ENDING_LOOP,
    ENDING_LOOP_OPENER,
    HTTP_CLIENT,
    DROPS_CLIENT,
    LIBRARY,
    RUNNER,
    ENGINE,
    ENGINE_CALL,
    ENGINE_ARGUMENTS,
    HIDDEN,
    HOLDER;

    /** The word in files, such as {@code loop-group}. */
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    static @Nullable What of(String word) {
        for (What each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return word;
    }
}
