package dev.asyncloop.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to know about a failure, attached to it as a suppressed throwable. A note is never thrown. A stack trace
 * shows its text without the name of this class. Any thread.
 */
public final class Note extends Throwable {

    private static final long serialVersionUID = 1;

    /** A note without a stack. */
    public Note(String text) {
        this(text, List.of(), null);
    }

    /** A note whose stack is {@code place}, so that an IDE leads there. */
    public Note(String text, List<StackTraceElement> place, @Nullable Throwable cause) {
        super(text, cause, false, true);
        setStackTrace(place.toArray(StackTraceElement[]::new));
    }

    /** Does nothing: where a note is made is of no interest. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
