package dev.asyncloop.jupiter.session;

import java.util.Objects;

/**
 * Something to know about a failure, as a suppressed exception of it. It is no failure by itself, and so has no stack.
 */
public final class Note extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Note(String text) {
        super(text, null, false, false);
    }

    /** What a stack trace shows. */
    @Override
    public String toString() {
        return Objects.requireNonNull(getMessage());
    }
}
