package dev.asyncloop.leak;

import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.HolderWords;
import dev.asyncloop.leak.text.KindWords;
import dev.asyncloop.leak.text.Layout;
import dev.asyncloop.leak.text.ProjectCode;
import dev.asyncloop.leak.text.Sentences;
import dev.asyncloop.text.Note;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that was left behind. Immutable; any thread.
 *
 * @param kind the sort of leak, by which it is configured
 * @param subject what was left behind, and its state, as facts for our own reports; {@link #what} says it in words
 * @param created the stack where it was created, from the first line of user code on; empty if unknown
 * @param waiting the stack where it was waiting when it was found, or what was thrown; empty if there is none
 * @param fix what to do about it
 * @param above the leak that it hangs below, such as the leaked task that created it; null if there is none
 * @param cause what was thrown; null if nothing was
 * @param held who holds it; null if nobody was asked
 * @param testLine the innermost frame of {@code created} that is the test class's own; null if there is none, or if it
 *     is the {@link #origin} itself
 */
@SuppressWarnings("exports") // the type of the subject, which only our own reports read
public record Leak(
        LeakKind kind,
        Subject subject,
        List<StackTraceElement> created,
        List<StackTraceElement> waiting,
        String fix,
        @Nullable Leak above,
        @Nullable Throwable cause,
        @Nullable Holder held,
        @Nullable StackTraceElement testLine) {

    public Leak {
        created = List.copyOf(created);
        waiting = List.copyOf(waiting);
    }

    /** A leak of which neither the holder nor the line of the test is known yet. */
    public Leak(
            LeakKind kind,
            Subject subject,
            List<StackTraceElement> created,
            List<StackTraceElement> waiting,
            String fix,
            @Nullable Leak above,
            @Nullable Throwable cause) {
        this(kind, subject, created, waiting, fix, above, cause, null, null);
    }

    /** A leak that hangs below no other; {@code what} describes it. */
    public Leak(
            LeakKind kind, String what, List<StackTraceElement> created, List<StackTraceElement> waiting, String fix) {
        this(kind, new Subject.Other(what), created, waiting, fix, null, null);
    }

    /**
     * This leak with who holds it.
     *
     * @param endsWithIt whether it ends when its holder is closed, which is then what to do
     */
    public Leak heldBy(Holder holder, boolean endsWithIt) {
        return new Leak(
                kind,
                subject,
                created,
                waiting,
                endsWithIt ? HolderWords.fix(holder).orElse(fix) : fix,
                above,
                cause,
                holder,
                testLine);
    }

    /** This leak as something that is none, since {@code holder} lives as long as the run. */
    public Leak keptBy(Holder holder) {
        return new Leak(kind, subject, created, waiting, HolderWords.FIX_OF_KEPT, above, cause, holder, testLine);
    }

    /** What was left behind, and its state, in words. */
    public String what() {
        return Sentences.of(subject);
    }

    /**
     * The line of the project's own code that created it, or else the line of the library that did; empty if unknown.
     */
    public Optional<StackTraceElement> origin() {
        return ProjectCode.line(created);
    }

    /**
     * Its entry in a message: what it is, where it was created and in which line of the test, where it waits, who holds
     * it and what to do, each on its own line.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what());
        origin().ifPresent(line -> Layout.part(text, KindWords.origin(kind), line));
        if (testLine != null) {
            Layout.part(text, "in", testLine);
        }
        ProjectCode.line(waiting).ifPresent(line -> Layout.part(text, KindWords.place(kind), line));
        if (held != null) {
            Layout.part(text, "held", HolderWords.of(held));
        }
        Layout.part(text, "fix", fix);
        return text.toString();
    }

    /** A note that leads an IDE to the place of creation. Its cause is what was thrown, if anything was. */
    Throwable asNote() {
        return new Note(KindWords.origin(kind) + " here: " + what(), created, cause);
    }
}
