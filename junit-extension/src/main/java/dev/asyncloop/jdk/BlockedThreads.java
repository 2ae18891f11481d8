package dev.asyncloop.jdk;

import dev.asyncloop.origin.trace.Frames;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in the JDK a thread stands, by its stack. Any thread; what it says of a thread that runs is out of date at
 * once.
 */
public final class BlockedThreads {

    /** Packages and beginnings of the names of classes whose calls end by something that happens outside of a loop. */
    private static final List<String> OUTSIDE =
            List.of("sun.nio.ch.", "java.net.", "jdk.internal.net.http.", "java.lang.Process");

    private BlockedThreads() {}

    /**
     * Whether somebody outside of the loop will wake this virtual thread of a loop, which is suspended.
     *
     * @param ownFuture the class of the futures that somebody on the loop completes
     */
    public static boolean waitsOutside(Thread thread, Class<?> ownFuture) {
        Thread.State state = thread.getState();
        StackTraceElement[] stack = thread.getStackTrace();
        List<StackTraceElement> calls =
                Arrays.stream(stack).takeWhile(Frames::isJdk).toList();
        if (calls.stream().anyMatch(HttpClients::isOfSelector)) {
            return false; // idle or not, whoever waits for an answer is seen to wait himself
        }
        // runnable: it was woken this very moment, and that it can run on its way to the loop
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

    /** The method of the JDK that was called and does not return; null where the thread is not in the JDK. */
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

    /** Whether the thread ends by an exception that nobody caught, and its handler is told of that now. */
    public static boolean isDying(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> is(frame, "java.lang.Thread", "dispatchUncaughtException"));
    }

    /** JDK 21 does not say so by the state. */
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
