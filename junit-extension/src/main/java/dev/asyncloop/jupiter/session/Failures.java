package dev.asyncloop.jupiter.session;

import org.jspecify.annotations.Nullable;

/** Makes one failure of several: the first, with the later ones as suppressed exceptions. */
final class Failures {

    private Failures() {}

    /** {@code first} with {@code later} suppressed, or the one that is not null; null if both are. */
    static @Nullable Throwable with(@Nullable Throwable first, @Nullable Throwable later) {
        if (first == null) {
            return later;
        }
        if (later != null && later != first) {
            first.addSuppressed(later);
        }
        return first;
    }
}
