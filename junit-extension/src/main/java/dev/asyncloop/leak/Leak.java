package dev.asyncloop.leak;

import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.KindWords;
import dev.asyncloop.leak.text.Layout;
import dev.asyncloop.leak.text.ProjectCode;
import dev.asyncloop.leak.text.Sentences;
import dev.asyncloop.text.Note;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was left behind.
 *
 * @param kind what kind of thing it is
 * @param subject what it is, and its state, as facts for our own reports; {@link #what} says it in words
 * @param created where it was created, from the first line of user code on; empty where that is unknown
 * @param waiting where it was waiting when it was found, likewise; empty where it does not wait
 * @param fix what to do about it
 * @param above what it hangs below, such as the leaked task that created it; null where there is nothing
 * @param cause what was thrown, null where nothing was
 */
@SuppressWarnings("exports") // of the subject, which only our own reports read
public record Leak(
        LeakKind kind,
        Subject subject,
        List<StackTraceElement> created,
        List<StackTraceElement> waiting,
        String fix,
        @Nullable Leak above,
        @Nullable Throwable cause) {

    public Leak {
        created = List.copyOf(created);
        waiting = List.copyOf(waiting);
    }

    /** One that hangs below no other; {@code what} says what it is. */
    public Leak(
            LeakKind kind, String what, List<StackTraceElement> created, List<StackTraceElement> waiting, String fix) {
        this(kind, new Subject.Other(what), created, waiting, fix, null, null);
    }

    /** What it is, and its state, in words. */
    public String what() {
        return Sentences.of(subject);
    }

    /**
     * The line of the project's own code that created it, or else of the library that did; empty where that is unknown.
     */
    public Optional<StackTraceElement> origin() {
        return ProjectCode.line(created);
    }

    /** Its entry in a message: what, where created, where waiting, what to do, each in a line of its own. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what());
        origin().ifPresent(line -> Layout.part(text, KindWords.origin(kind), line));
        ProjectCode.line(waiting).ifPresent(line -> Layout.part(text, KindWords.place(kind), line));
        Layout.part(text, "fix", fix);
        return text.toString();
    }

    /** A note that leads an IDE to the place of creation. Its cause is what was thrown, if anything was. */
    Throwable asNote() {
        return new Note(KindWords.origin(kind) + " here: " + what(), created, cause);
    }
}
