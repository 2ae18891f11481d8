package dev.asyncloop.assertj;

import java.util.List;
import java.util.stream.Collectors;

/** Helps assertions to look at stacks and to list entries. */
final class Stacks {

    private Stacks() {}

    /** Whether the frame is of that method, or of a lambda inside it. */
    static boolean isOf(StackTraceElement frame, Class<?> type, String method) {
        return frame.getClassName().equals(type.getName())
                && (frame.getMethodName().equals(method)
                        || frame.getMethodName().startsWith("lambda$" + method + "$"));
    }

    /** The entries, each on a line of its own. */
    static String lines(List<?> entries) {
        return entries.stream().map(entry -> "\n  " + entry).collect(Collectors.joining());
    }
}
