package dev.asyncloop.assertj;

import java.util.List;
import java.util.stream.Collectors;

/** Stacks, and lists of whatever else, in assertions. */
final class Stacks {

    private Stacks() {}

    /** Whether it is of that method, or of a lambda that stands in it. */
    static boolean isOf(StackTraceElement frame, Class<?> type, String method) {
        return frame.getClassName().equals(type.getName())
                && (frame.getMethodName().equals(method)
                        || frame.getMethodName().startsWith("lambda$" + method + "$"));
    }

    /** Each in a line of its own. */
    static String lines(List<?> entries) {
        return entries.stream().map(entry -> "\n  " + entry).collect(Collectors.joining());
    }
}
