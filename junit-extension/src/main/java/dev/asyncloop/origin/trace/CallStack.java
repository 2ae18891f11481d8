package dev.asyncloop.origin.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as the user should read them: from the user's own line on, without our frames, the JDK's or JUnit's.
 *
 * <p>One is taken for every task, so it must be quick. It is a throwable: the JVM fills one in several times faster
 * than it walks a stack, and names the frames only when somebody reads them.
 */
public final class CallStack {

    private final Throwable taken = new Throwable();

    /** Null until somebody asks, since naming the frames costs more than taking them. */
    private volatile @Nullable Boolean inClassInitialiser;

    private CallStack() {}

    /** The stack of the current thread. */
    public static CallStack current() {
        return new CallStack();
    }

    /** The stack, from the first line of user code on; empty without such a line. */
    public List<StackTraceElement> fromUserCode() {
        return userCode(frames());
    }

    /** All frames, innermost first. */
    public List<StackTraceElement> frames() {
        return List.of(taken.getStackTrace());
    }

    /** The frames outside of the outermost call of {@code type}, innermost first; all frames if it was not called. */
    public List<StackTraceElement> outsideOf(String type) {
        List<StackTraceElement> frames = frames();
        int first = frames.size();
        while (first > 0 && !frames.get(first - 1).getClassName().equals(type)) {
            first--;
        }
        return first == 0 ? frames : frames.subList(first, frames.size());
    }

    /**
     * Whether a class initialiser was under way. What happens there happens only once, in whichever test comes first.
     */
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
            if (!Frames.isForeign(frame)) {
                lines.add(frame);
            }
        }
        return List.copyOf(lines);
    }

    /**
     * Cuts our frames and the JDK's off the end of a stack, up to the last line of user code. {@code thrown} came out
     * of the user's code.
     */
    public static void trimEnd(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        int end = stack.length;
        while (end > 0 && (Frames.isJdk(stack[end - 1]) || Frames.isOurs(stack[end - 1]))) {
            end--;
        }
        if (end > 0 && end < stack.length) {
            thrown.setStackTrace(Arrays.copyOf(stack, end));
        }
    }
}
