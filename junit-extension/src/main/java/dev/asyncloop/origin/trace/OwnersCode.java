package dev.asyncloop.origin.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code of an owner's class: that class, those within and around it, and their superclasses. Immutable; any thread.
 *
 * @param type the class; null if the owner has none, and then no code is its
 */
public record OwnersCode(@Nullable Class<?> type) {

    /** The first frame, of a stack that begins with the innermost, which is the owner's code; null if none is. */
    public @Nullable StackTraceElement innermost(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            if (has(frame.getClassName())) {
                return frame;
            }
        }
        return null;
    }

    /**
     * The part of a stack that the owner's code called, which is the same for all tests that call the same. It is the
     * whole stack if the owner's code called nothing, or is not on it.
     */
    public List<StackTraceElement> called(List<StackTraceElement> stack) {
        StackTraceElement own = innermost(stack);
        int at = own == null ? 0 : stack.indexOf(own);
        return at == 0 ? stack : stack.subList(0, at);
    }

    private boolean has(String name) {
        if (type == null) {
            return false;
        }
        if (name.startsWith(type.getName() + "$")) {
            return true;
        }
        for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
            for (Class<?> each = around; each != null && each != Object.class; each = each.getSuperclass()) {
                if (isPartOf(each.getName(), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether {@code name} is that class, or an anonymous or local one of it. */
    private static boolean isPartOf(String type, String name) {
        return name.startsWith(type)
                && (name.length() == type.length()
                        || name.charAt(type.length()) == '$'
                                && name.length() > type.length() + 1
                                && Character.isDigit(name.charAt(type.length() + 1)));
    }
}
