package dev.asyncloop.leak.text;

import dev.asyncloop.leak.LeakKind;
import java.util.Locale;

/** The words for leaks of one kind. */
public final class KindWords {

    private KindWords() {}

    /** The verb for how a thing of that kind begins. */
    public static String origin(LeakKind kind) {
        return switch (kind) {
            case UNCAUGHT_EXCEPTION, PLATFORM_THREAD, CHILD_PROCESS -> "started";
            case PENDING_JOB -> "given";
            case FILE_DESCRIPTOR, GARBAGE_COLLECTED -> "opened";
            default -> "created";
        };
    }

    /** The word for the place at which such a leak was found. */
    public static String place(LeakKind kind) {
        return kind == LeakKind.TASK_EXCEPTION || kind == LeakKind.UNCAUGHT_EXCEPTION ? "thrown" : "waiting";
    }

    /** A number of leaks of that kind, in words. */
    public static String count(LeakKind kind, int number) {
        String one = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return number + " " + one + (number == 1 ? "" : kind == LeakKind.CHILD_PROCESS ? "es" : "s");
    }
}
