package dev.asyncloop.loop.core;

import dev.asyncloop.origin.trace.Frames;

/** The sentences of the guards of a loop, asyncio's own where it has one. */
public final class CoreMisuse {

    private CoreMisuse() {}

    /** For a use of a loop after it was closed. */
    public static IllegalStateException closed() {
        return new IllegalStateException("Event loop is closed");
    }

    static IllegalStateException alreadyRunning() {
        return new IllegalStateException("This event loop is already running");
    }

    static IllegalStateException anotherLoopRunning() {
        return new IllegalStateException("Cannot run the event loop while another loop is running");
    }

    /** For closing a loop that runs. */
    public static IllegalStateException closeWhileRunning() {
        return new IllegalStateException("Cannot close a running event loop");
    }

    static IllegalStateException stoppedBeforeCompletion() {
        return new IllegalStateException("Event loop stopped before Future completed.");
    }

    static IllegalStateException noRunningLoop() {
        IllegalStateException misuse = new IllegalStateException("no running event loop");
        for (StackTraceElement frame : misuse.getStackTrace()) {
            if (Frames.isPreemptive(frame)) {
                return new IllegalStateException("no running event loop: JUnit runs the body of"
                    + " assertTimeoutPreemptively on a thread of its own; use Asyncio.timeout(...) or assertTimeout,"
                    + " which leave it on the loop");
            }
            if (Frames.isAroundInvocations(frame)) {
                return new IllegalStateException(
                        "no running event loop: JUnit shows methods around the invocations of a"
                                + " parameterised class to no interceptor; take the EventLoop as parameter and use"
                                + " Asyncio.runCoroutineThreadsafe(body, loop), or do it in @BeforeEach or @BeforeAll");
            }
        }
        return misuse;
    }

    /** For another thread that uses a loop while it runs. */
    public static IllegalStateException foreignThread() {
        return new IllegalStateException(
                "Non-thread-safe operation invoked on an event loop other than the current one; from another thread"
                        + " use callSoonThreadsafe");
    }

    static IllegalStateException awaitsFutureOfAnotherLoop(Coroutine waiting, Promise<?> future) {
        return new IllegalStateException("Task " + waiting + " got Future " + future + " attached to a different loop");
    }

    /** For a task that awaits itself. */
    public static IllegalStateException awaitsItself() {
        return new IllegalStateException("Task cannot await on itself");
    }

    static IllegalStateException awaitOutsideOfTask() {
        return new IllegalStateException(
                "await() was called outside of a task of the loop; start one with createTask, or use get() from"
                        + " another thread");
    }

    /** For completing a task from outside. */
    public static UnsupportedOperationException taskCompletesByItsBody(String operation) {
        return new UnsupportedOperationException(
                "Task does not support " + operation + ": a task completes only by its body");
    }
}
