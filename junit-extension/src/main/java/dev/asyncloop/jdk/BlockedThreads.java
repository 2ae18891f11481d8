package dev.asyncloop.jdk;

import dev.asyncloop.origin.trace.Frames;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its stack where in the JDK a thread is. Any thread. For a thread that runs, the answer is out of date at
 * once.
 */
public final class BlockedThreads {

    /** Beginnings of the names of classes in which a thread waits for something outside of a loop. */
    private static final List<String> OUTSIDE =
            List.of("sun.nio.ch.", "java.net.", "jdk.internal.net.http.", "java.lang.Process");

    private BlockedThreads() {}

    /**
     * Whether something outside of its loop will wake {@code thread}, a suspended virtual thread of a loop.
     *
     * @param ownFuture the class of the loop's futures; a wait for one of them is none for something outside
     */
    public static boolean waitsOutside(Thread thread, Class<?> ownFuture) {
        Thread.State state = thread.getState();
        StackTraceElement[] stack = thread.getStackTrace();
        List<StackTraceElement> calls =
                Arrays.stream(stack).takeWhile(Frames::isJdk).toList();
        if (calls.stream().anyMatch(HttpClients::isOfSelector)) {
            return false; // if a task waits for an answer, that task counts
        }
        // a runnable one was just woken, and the loop is about to hear of it
        if (state == Thread.State.TIMED_WAITING || state == Thread.State.RUNNABLE || isTimed(calls)) {
            return true;
        }
        if (calls.stream().anyMatch(BlockedThreads::isAccept)) {
            return false;
        }
        return calls.stream().anyMatch(BlockedThreads::isOfOutside)
                || calls.stream().anyMatch(BlockedThreads::isJoin)
                        && !(calls.size() < stack.length
                                && stack[calls.size()].getClassName().equals(ownFuture.getName()));
    }

    /** The method of the JDK that the thread is in, as other code called it; null if the thread is not in the JDK. */
    public static @Nullable StackTraceElement call(Thread thread) {
        StackTraceElement called = null;
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!Frames.isJdk(frame)
                    || is(frame, "java.lang.VirtualThread", "run")) { // the first of any virtual thread
                break;
            }
            called = frame;
        }
        return called;
    }

    /** Whether a thread waits in the JDK until somebody wakes it, however long that takes. */
    public static boolean waitsForGood(Thread thread) {
        return thread.getState() == Thread.State.WAITING && !isTimed(List.of(thread.getStackTrace()));
    }

    /** Whether the thread ends by an uncaught exception, and is just telling its handler. */
    public static boolean isDying(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> is(frame, "java.lang.Thread", "dispatchUncaughtException"));
    }

    /** Whether a thread waits for a certain time. The state does not say so on JDK 21. */
    private static boolean isTimed(List<StackTraceElement> calls) {
        return calls.stream().anyMatch(call -> is(call, "java.lang.VirtualThread", "parkNanos"));
    }

    private static boolean isAccept(StackTraceElement call) {
        return is(call, "java.net.ServerSocket", "accept") || is(call, "sun.nio.ch.ServerSocketChannelImpl", "accept");
    }

    private static boolean isOfOutside(StackTraceElement call) {
        return OUTSIDE.stream().anyMatch(call.getClassName()::startsWith);
    }

    private static boolean isJoin(StackTraceElement call) {
        return is(call, "java.util.concurrent.CompletableFuture", "join")
                || is(call, "java.util.concurrent.CompletableFuture", "get");
    }

    private static boolean is(StackTraceElement call, String type, String method) {
        return call.getClassName().equals(type) && call.getMethodName().equals(method);
    }
}
