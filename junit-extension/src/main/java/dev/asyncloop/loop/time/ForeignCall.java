package dev.asyncloop.loop.time;

import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.origin.trace.CallStack;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where in the JDK a virtual thread is suspended, and whether it is somebody outside of the loop who will wake it. */
final class ForeignCall {

    /** Packages and beginnings of class names. */
    private static final List<String> OUTSIDE =
            List.of("sun.nio.ch.", "java.net.", "jdk.internal.net.http.", "java.lang.Process");

    /** The thread of an HTTP client: idle or not, whoever waits for an answer is seen to wait himself. */
    private static final String HTTP_SELECTOR = "jdk.internal.net.http.HttpClientImpl$SelectorManager";

    private ForeignCall() {}

    /** Loop thread only, while the virtual thread does not run. */
    static boolean isOutside(Thread thread) {
        Thread.State state = thread.getState();
        StackTraceElement[] stack = thread.getStackTrace();
        List<StackTraceElement> calls =
                Arrays.stream(stack).takeWhile(CallStack::isJdk).toList();
        if (calls.stream().anyMatch(call -> call.getClassName().equals(HTTP_SELECTOR))) {
            return false;
        }
        // runnable: it was woken this very moment, and that it can run on its way to the loop
        if (state == Thread.State.TIMED_WAITING || state == Thread.State.RUNNABLE || isTimed(calls)) {
            return true;
        }
        if (calls.stream().anyMatch(ForeignCall::isAccept)) {
            return false;
        }
        return calls.stream().anyMatch(ForeignCall::isOfOutside)
                || calls.stream().anyMatch(ForeignCall::isJoin)
                        && !isOurs(Stream.of(stack).skip(calls.size()));
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

    /** Whether the future that is joined is the loop's own: then somebody on the loop completes it. */
    private static boolean isOurs(Stream<StackTraceElement> callers) {
        return callers.findFirst()
                .filter(caller -> caller.getClassName().equals(Promise.class.getName()))
                .isPresent();
    }

    private static boolean is(StackTraceElement call, String type, String method) {
        return call.getClassName().equals(type) && call.getMethodName().equals(method);
    }
}
