package dev.asyncloop.origin.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as the user should read them: from the user's own line on, without our frames, the JDK's or JUnit's.
 *
 * <p>One is taken for every task. So it is a throwable, which the JVM fills in several times faster than it walks a stack,
 * with frames that are named only when somebody reads them.
 */
public final class CallStack {

    /** The packages of this jar. A top-level class named {@code …Tests} is a test, also where it lives among them. */
    private static final List<String> OURS = List.of(
            "dev.asyncloop.origin.",
            "dev.asyncloop.text.",
            "dev.asyncloop.agent.",
            "dev.asyncloop.jdk.",
            "dev.asyncloop.registers.",
            "dev.asyncloop.loop.",
            "dev.asyncloop.leak.",
            "dev.asyncloop.jupiter.");

    private static final List<String> RUNNER = List.of("org.junit.jupiter.", "org.junit.platform.");

    private final Throwable taken = new Throwable();

    /** Null until somebody asks: to name the frames costs more than to take them. */
    private volatile @Nullable Boolean inClassInitialiser;

    private CallStack() {}

    /** The stack of the current thread. */
    public static CallStack current() {
        return new CallStack();
    }

    /** What was taken, from the first line of user code on; empty where there is none. */
    public List<StackTraceElement> fromUserCode() {
        return userCode(frames());
    }

    /** All that was taken, innermost frame first. */
    public List<StackTraceElement> frames() {
        return List.of(taken.getStackTrace());
    }

    /** Whether a class initialiser was under way: what happens there happens once, in whichever test comes first. */
    public boolean isInClassInitialiser() {
        Boolean known = inClassInitialiser;
        if (known == null) {
            known = false;
            for (StackTraceElement frame : taken.getStackTrace()) {
                known |= frame.getMethodName().equals("<clinit>");
            }
            inClassInitialiser = known;
        }
        return known;
    }

    /** The lines of user code in {@code stack}. */
    public static List<StackTraceElement> userCode(List<StackTraceElement> stack) {
        List<StackTraceElement> lines = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            if (!isForeign(frame)) {
                lines.add(frame);
            }
        }
        return List.copyOf(lines);
    }

    /** Whether a frame is the JDK's, ours, or the runner's: not a line that the user could change. */
    public static boolean isForeign(StackTraceElement frame) {
        return isJdk(frame) || isOurs(frame) || isIn(RUNNER, frame.getClassName());
    }

    /** Whether the name of a class begins with one of these. A loop, which needs nothing linked when it is first used. */
    public static boolean isIn(List<String> beginnings, String type) {
        for (String beginning : beginnings) {
            if (type.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a frame is the JDK's. */
    public static boolean isJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** Takes our frames, and the JDK's between them, off the end of the stack of what came out of the user's code. */
    public static void trimEnd(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        int end = stack.length;
        while (end > 0 && (isJdk(stack[end - 1]) || isOurs(stack[end - 1]))) {
            end--;
        }
        if (end > 0 && end < stack.length) {
            thrown.setStackTrace(Arrays.copyOf(stack, end));
        }
    }

    /** Whether a frame is ours. */
    public static boolean isOurs(StackTraceElement frame) {
        String type = frame.getClassName();
        return isIn(OURS, type) && !type.split("\\$", 2)[0].endsWith("Tests");
    }
}
