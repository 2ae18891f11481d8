package dev.asyncloop.loop;

import java.time.Duration;

/** The sentences for wrong uses of a loop, asyncio's own where it has one. */
final class Misuse {

    private Misuse() {}

    static IllegalArgumentException futureOfAnotherLoop() {
        return new IllegalArgumentException(
                "The future belongs to a different loop than the one specified as the loop argument");
    }

    static IllegalArgumentException negativeSlowCallbackDuration(Duration duration) {
        return new IllegalArgumentException("the slow callback duration must not be negative: " + duration);
    }

    static IllegalStateException taskFactoryReturnedNull(TaskFactory factory) {
        return new IllegalStateException("the task factory " + factory + " returned null instead of a task");
    }

    static IllegalStateException taskFactoryReturnedTaskOfAnotherLoop(TaskFactory factory, Task<?> task) {
        return new IllegalStateException("the task factory " + factory + " returned a task of another loop: " + task);
    }

    static IllegalArgumentException timeoutNotPositive(Duration timeout) {
        return new IllegalArgumentException("the timeout of a loop must be positive, and is " + timeout);
    }

    static IllegalStateException runnerClosed() {
        return new IllegalStateException("Runner is closed");
    }

    static IllegalStateException runFromRunningLoop(String operation) {
        return new IllegalStateException(operation + " cannot be called from a running event loop");
    }

    static NullPointerException factoryReturnedNull() {
        return new NullPointerException("the loop factory returned null");
    }
}
