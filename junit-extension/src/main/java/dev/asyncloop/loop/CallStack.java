package dev.asyncloop.loop;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stacks as the user should read them: from the user's own line on, without our frames, the JDK's or JUnit's.
 *
 * <p>Taken as raw frames, because one is taken for every task; trimmed only when somebody reads it.
 */
final class CallStack {

    private static final int DEPTH = 24;
    private static final StackWalker WALKER = StackWalker.getInstance();

    /** The packages of this jar. A top-level class named {@code …Tests} is a test, also where it lives among them. */
    private static final Pattern OURS =
            Pattern.compile("dev\\.asyncloop\\.(jdk|loop|leak|jupiter)\\.(?!\\w*Tests\\b).*");

    private static final Pattern RUNNER = Pattern.compile("org\\.junit\\.(jupiter|platform)\\..*");

    private final List<StackFrame> frames;

    private CallStack(List<StackFrame> frames) {
        this.frames = frames;
    }

    /** The stack of the current thread. */
    static CallStack current() {
        return new CallStack(WALKER.walk(stack -> stack.limit(DEPTH).toList()));
    }

    /** What was taken, from the first line of user code on; empty where there is none. */
    List<StackTraceElement> fromUserCode() {
        return userCode(frames.stream().map(StackFrame::toStackTraceElement));
    }

    static List<StackTraceElement> userCode(Stream<StackTraceElement> stack) {
        return stack.filter(frame -> !isForeign(frame)).toList();
    }

    /** Whether a frame is the JDK's, ours, or the runner's: not a line that the user could change. */
    static boolean isForeign(StackTraceElement frame) {
        String module = frame.getModuleName();
        String type = frame.getClassName();
        return (module != null && (module.startsWith("java.") || module.startsWith("jdk.")))
                || OURS.matcher(type).matches()
                || RUNNER.matcher(type).matches();
    }
}
