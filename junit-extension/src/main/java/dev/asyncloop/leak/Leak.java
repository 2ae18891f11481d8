package dev.asyncloop.leak;

import java.util.List;
import java.util.Optional;

/**
 * One thing that was left behind.
 *
 * @param kind what kind of thing it is
 * @param what what it is, and its state
 * @param created where it was created, from the first line of user code on; empty where that is unknown
 * @param waiting where it was waiting when it was found, likewise; empty where it does not wait
 * @param fix what to do about it
 */
public record Leak(
        LeakKind kind, String what, List<StackTraceElement> created, List<StackTraceElement> waiting, String fix) {

    public Leak {
        created = List.copyOf(created);
        waiting = List.copyOf(waiting);
    }

    /** The line of the project's own code that created it, or else of the library that did; empty where that is unknown. */
    public Optional<StackTraceElement> origin() {
        return ProjectCode.line(created);
    }

    /** Its entry in a message: what, where created, where waiting, what to do, each in a line of its own. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        origin().ifPresent(line -> part(text, kind.origin(), line));
        ProjectCode.line(waiting).ifPresent(line -> part(text, "waiting", line));
        part(text, "fix", fix);
        return text.toString();
    }

    private static void part(StringBuilder text, String word, Object content) {
        text.append("\n       ")
                .append(word)
                .append(" ".repeat(9 - word.length()))
                .append(content);
    }

    /** A throwable whose stack is the place of creation, so that an IDE leads there. */
    Throwable asThrowable() {
        Origin origin = new Origin(kind.origin() + " here: " + what);
        origin.setStackTrace(created.toArray(StackTraceElement[]::new));
        return origin;
    }

    /** Carries a stack to the reader; never thrown. */
    private static final class Origin extends Throwable {
        private static final long serialVersionUID = 1L;

        Origin(String message) {
            super(message, null, false, true);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
