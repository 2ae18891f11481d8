package dev.asyncloop.loop;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stacks as the user should read them: from the user's own line on, without our frames, the JDK's or JUnit's.
 *
 * <p>One is taken for every task. So it is a throwable, which the JVM fills in several times faster than it walks a stack,
 * with frames that are named only when somebody reads them.
 */
final class CallStack {

    /** The packages of this jar. A top-level class named {@code …Tests} is a test, also where it lives among them. */
    private static final Pattern OURS =
            Pattern.compile("dev\\.asyncloop\\.(jdk|loop|leak|jupiter)\\.(?!\\w*Tests\\b).*");

    private static final Pattern RUNNER = Pattern.compile("org\\.junit\\.(jupiter|platform)\\..*");

    private final Throwable taken = new Throwable();

    private CallStack() {}

    /** The stack of the current thread. */
    static CallStack current() {
        return new CallStack();
    }

    /** What was taken, from the first line of user code on; empty where there is none. */
    List<StackTraceElement> fromUserCode() {
        return userCode(Stream.of(taken.getStackTrace()));
    }

    static List<StackTraceElement> userCode(Stream<StackTraceElement> stack) {
        return stack.filter(frame -> !isForeign(frame)).toList();
    }

    /** Whether a frame is the JDK's, ours, or the runner's: not a line that the user could change. */
    static boolean isForeign(StackTraceElement frame) {
        String type = frame.getClassName();
        return isJdk(frame)
                || OURS.matcher(type).matches()
                || RUNNER.matcher(type).matches();
    }

    static boolean isJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
