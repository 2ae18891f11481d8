package dev.asyncloop.loop.watch;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.Optional;

/** Describes a step that does not end, and so keeps every other task of its loop from running. */
final class BlockedStep {

    private BlockedStep() {}

    /**
     * The sentence about it. Empty if the step has ended meanwhile, or computes while nothing else is ready. On the
     * watchdog's thread.
     */
    static Optional<String> describe(LoopCore core) {
        Coroutine task = core.current();
        Thread carrier = core.runningThread();
        if (carrier == null) {
            return Optional.empty();
        }
        Thread thread = task == null ? carrier : task.thread();
        Thread.State state = thread.getState();
        if (state == Thread.State.RUNNABLE && !core.driver().othersAreReady()) {
            return Optional.empty();
        }
        List<StackTraceElement> stack = CallStack.userCode(List.of(thread.getStackTrace()));
        String what = task == null ? "a callback" : task.label();
        String line = stack.isEmpty() ? "" : " at " + stack.get(0);
        return Optional.of(what + " has kept its event loop from running anything else for a second" + line + ": "
                + reason(task != null, state)
                + (task == null ? "" : "\n  " + core.host().describe(task)));
    }

    private static String reason(boolean isTask, Thread.State state) {
        if (state == Thread.State.RUNNABLE) {
            return "it computes, or it waits in native code; let it wait in Java code, or move it to another thread";
        }
        return isTask
                ? "it waits while it is pinned to the loop's thread (a native frame or a class initialiser below it,"
                        + " or, before JDK 24, synchronized); wait outside of that, or move it to another thread"
                : "a callback must not wait; make it a task";
    }
}
