package dev.asyncloop.leak;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was left behind.
 *
 * @param kind what kind of thing it is
 * @param what what it is, and its state
 * @param created where it was created, from the first line of user code on; empty where that is unknown
 * @param waiting where it was waiting when it was found, likewise; empty where it does not wait
 * @param fix what to do about it
 * @param above what it hangs below, such as the leaked task that created it; null where there is nothing
 * @param cause what was thrown, null where nothing was
 */
public record Leak(
        LeakKind kind,
        String what,
        List<StackTraceElement> created,
        List<StackTraceElement> waiting,
        String fix,
        @Nullable Leak above,
        @Nullable Throwable cause) {

    public Leak {
        created = List.copyOf(created);
        waiting = List.copyOf(waiting);
    }

    /** The line of the project's own code that created it, or else of the library that did; empty where that is unknown. */
    public Optional<StackTraceElement> origin() {
        return ProjectCode.line(created);
    }

    /** One that hangs below no other. */
    public Leak(
            LeakKind kind, String what, List<StackTraceElement> created, List<StackTraceElement> waiting, String fix) {
        this(kind, what, created, waiting, fix, null, null);
    }

    /** The same below a leaked task. */
    Leak below(@Nullable Leak task) {
        return new Leak(kind, what, created, waiting, fix, task, cause);
    }

    Leak causedBy(Throwable thrown) {
        return new Leak(kind, what, created, waiting, fix, above, thrown);
    }

    /** Its entry in a message: what, where created, where waiting, what to do, each in a line of its own. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        origin().ifPresent(line -> part(text, kind.origin(), line));
        ProjectCode.line(waiting).ifPresent(line -> part(text, kind.place(), line));
        part(text, "fix", fix);
        return text.toString();
    }

    /** Itself, or what it hangs below in the end. */
    Leak root() {
        return above == null ? this : above.root();
    }

    /** What it is, and where it waits or else where it was created. */
    String inOneLine() {
        return what
                + ProjectCode.line(waiting)
                        .map(line -> " at " + line)
                        .orElseGet(() -> origin().map(line -> ", " + kind.origin() + " at " + line)
                                .orElse(""));
    }

    static void part(StringBuilder text, String word, Object content) {
        text.append("\n       ")
                .append(word)
                .append(" ".repeat(9 - word.length()))
                .append(content);
    }

    /** A throwable whose stack is the place of creation, so that an IDE leads there. */
    Throwable asThrowable() {
        Origin origin = new Origin(kind.origin() + " here: " + what, cause);
        origin.setStackTrace(created.toArray(StackTraceElement[]::new));
        return origin;
    }

    /** Carries a stack to the reader; never thrown. */
    private static final class Origin extends Throwable {
        private static final long serialVersionUID = 1L;

        Origin(String message, @Nullable Throwable cause) {
            super(message, cause, false, true);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
