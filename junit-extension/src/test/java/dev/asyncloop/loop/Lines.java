package dev.asyncloop.loop;

import java.util.List;

/** Lines of a test, as the first element of a stack should name them. */
final class Lines {

    private Lines() {}

    /** The first element without package and file, such as {@code SomeTests:17}; empty for an empty stack. */
    static String first(List<StackTraceElement> stack) {
        return stack.isEmpty() ? "" : simple(stack.get(0));
    }

    /** This very line. */
    static int here() {
        return StackWalker.getInstance()
                .walk(stack -> stack.skip(1).findFirst().orElseThrow().getLineNumber());
    }

    private static String simple(StackTraceElement element) {
        String type = element.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + ":" + element.getLineNumber();
    }
}
