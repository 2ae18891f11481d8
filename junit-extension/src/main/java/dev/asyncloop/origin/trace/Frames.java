package dev.asyncloop.origin.trace;

import java.util.List;

/**
 * Says whose code a frame of a stack is: the JDK's, ours, the runner's, or else the user's or a library's.
 *
 * <p>It uses plain loops, which are quick when they first run. Any thread.
 */
public final class Frames {

    /** The packages of this jar. A top-level class named {@code …Tests} is a test, even in one of them. */
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

    /** By these JUnit runs a body on a thread of its own, to give it up when its time is over. */
    private static final List<String> PREEMPTIVE = List.of(
            "org.junit.jupiter.api.AssertTimeoutPreemptively",
            "org.junit.jupiter.api.timeout.",
            "org.junit.jupiter.api.util.PreemptiveTimeoutUtils");

    /** By these JUnit calls the methods around the invocations of a parameterised class. */
    private static final List<String> AROUND_INVOCATIONS = List.of(
            "org.junit.jupiter.params.BeforeParameterizedClassInvocation",
            "org.junit.jupiter.params.AfterParameterizedClassInvocation");

    /** The parts of the JDK that create things for their caller. The rest of the JDK creates things for itself. */
    private static final List<String> WAYS = List.of(
            "java.lang.",
            "java.util.",
            "jdk.internal.vm.",
            "jdk.internal.reflect.",
            "java.net.URLClassLoader",
            "java.net.FactoryURLClassLoader",
            "java.security.AccessController");

    /** It waits for the ends of child processes, in a pool of its own. */
    private static final String REAPER = "java.lang.ProcessHandleImpl";

    private Frames() {}

    /** Whether a frame is the JDK's. */
    public static boolean isJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** Whether a frame is ours. */
    public static boolean isOurs(StackTraceElement frame) {
        return isOurs(frame.getClassName());
    }

    /** Whether the class of that name is ours. */
    public static boolean isOurs(String type) {
        return isIn(OURS, type) && !type.split("\\$", 2)[0].endsWith("Tests");
    }

    /** Whether a frame is the JDK's, ours, or the runner's: not a line that the user could change. */
    public static boolean isForeign(StackTraceElement frame) {
        return isJdk(frame) || isOurs(frame) || isIn(RUNNER, frame.getClassName());
    }

    /**
     * Whether a frame is JUnit's, by which it runs a body on a thread of its own, to give it up when its time is over.
     */
    public static boolean isPreemptive(StackTraceElement frame) {
        return isIn(PREEMPTIVE, frame.getClassName());
    }

    /** Whether a frame is JUnit's, by which it calls methods around the invocations of a parameterised class. */
    public static boolean isAroundInvocations(StackTraceElement frame) {
        return isIn(AROUND_INVOCATIONS, frame.getClassName());
    }

    /** Whether a frame is one of the JDK's ways to create things for whoever calls it. */
    public static boolean isWay(StackTraceElement frame) {
        return isJdk(frame)
                && isIn(WAYS, frame.getClassName())
                && !frame.getClassName().startsWith(REAPER);
    }

    private static boolean isIn(List<String> beginnings, String type) {
        for (String beginning : beginnings) {
            if (type.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
