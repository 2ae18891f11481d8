package dev.asyncloop.leak;

import java.util.List;

/** A command of {@code CompletableFuture.delayedExecutor} that is not due, and whose future is not done. */
record LeftCommand(List<StackTraceElement> created) implements Left {

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.PENDING_TIMER,
                "pending command of CompletableFuture.delayedExecutor",
                created,
                List.of(),
                "wait until it is due, or cancel or complete its future");
    }

    /** It may be due soon: the delay is not known. */
    @Override
    public boolean mayEnd() {
        return true;
    }
}
