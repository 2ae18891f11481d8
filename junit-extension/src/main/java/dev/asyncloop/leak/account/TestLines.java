package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of leaks which line of the test class led to them. In a build of several modules the innermost line of the
 * project's code may be that of another module, which all tests of this one call.
 */
final class TestLines {

    private final Class<?> type;

    private TestLines(Class<?> type) {
        this.type = type;
    }

    /**
     * The leaks with the lines of their owner's class. A leak that hangs below another must come after that one, and
     * hangs below it afterwards as well.
     */
    static List<Leak> in(List<Leak> leaks, Owner owner) {
        Class<?> type = owner.type();
        if (type == null || leaks.isEmpty()) {
            return leaks;
        }
        TestLines lines = new TestLines(type);
        Map<Leak, Leak> told = new IdentityHashMap<>();
        List<Leak> all = new ArrayList<>(leaks.size());
        for (Leak leak : leaks) {
            Leak above = leak.above() == null ? null : told.getOrDefault(leak.above(), leak.above());
            Leak with = new Leak(
                    leak.kind(),
                    leak.subject(),
                    leak.created(),
                    leak.waiting(),
                    leak.fix(),
                    above,
                    leak.cause(),
                    leak.held(),
                    lines.of(leak));
            told.put(leak, with);
            all.add(with);
        }
        return all;
    }

    private @Nullable StackTraceElement of(Leak leak) {
        for (StackTraceElement frame : leak.created()) {
            if (isOfTest(frame.getClassName())) {
                return leak.origin().filter(frame::equals).isPresent() ? null : frame;
            }
        }
        return null;
    }

    /** Whether a class of that name is the test class, one within it, one around it, or a superclass of these. */
    private boolean isOfTest(String name) {
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
