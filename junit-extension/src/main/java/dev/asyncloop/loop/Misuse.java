package dev.asyncloop.loop;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/** The sentences for wrong uses of a loop, asyncio's own where it has one. */
final class Misuse {

    private Misuse() {}

    static IllegalStateException closed() {
        return new IllegalStateException("Event loop is closed");
    }

    static IllegalStateException alreadyRunning() {
        return new IllegalStateException("This event loop is already running");
    }

    static IllegalStateException anotherLoopRunning() {
        return new IllegalStateException("Cannot run the event loop while another loop is running");
    }

    static IllegalStateException closeWhileRunning() {
        return new IllegalStateException("Cannot close a running event loop");
    }

    static IllegalStateException stoppedBeforeCompletion() {
        return new IllegalStateException("Event loop stopped before Future completed.");
    }

    static IllegalStateException noRunningLoop() {
        return new IllegalStateException("no running event loop");
    }

    static IllegalStateException foreignThread() {
        return new IllegalStateException(
                "Non-thread-safe operation invoked on an event loop other than the current one; from another thread"
                        + " use callSoonThreadsafe");
    }

    static IllegalArgumentException futureOfAnotherLoop() {
        return new IllegalArgumentException(
                "The future belongs to a different loop than the one specified as the loop argument");
    }

    static IllegalStateException awaitsFutureOfAnotherLoop(Task<?> task, LoopFuture<?> future) {
        return new IllegalStateException("Task " + task + " got Future " + future + " attached to a different loop");
    }

    static IllegalStateException awaitsItself() {
        return new IllegalStateException("Task cannot await on itself");
    }

    static IllegalStateException awaitOutsideOfTask() {
        return new IllegalStateException(
                "await() was called outside of a task of the loop; start one with createTask, or use get() from"
                        + " another thread");
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

    static IllegalArgumentException clockCannotGoBack(Duration duration) {
        return new IllegalArgumentException("A clock cannot go back: advance by " + duration);
    }

    static IllegalStateException clockWithoutLoop() {
        return new IllegalStateException("The clock has no loop yet: give it to one with LoopOptions.clock");
    }

    static IllegalStateException clockOfAnotherLoop() {
        return new IllegalStateException("A virtual clock is for one loop: make a new one for each");
    }

    static UnsupportedOperationException taskCompletesByItsBody(String operation) {
        return new UnsupportedOperationException(
                "Task does not support " + operation + ": a task completes only by its body");
    }

    static IllegalArgumentException limitNotPositive(Duration limit) {
        return new IllegalArgumentException("the limit of a loop must be positive, and is " + limit);
    }

    static IllegalStateException generatorAlreadyRunning(String operation) {
        return new IllegalStateException(operation + "(): asynchronous generator is already running");
    }

    static IllegalStateException generatorIgnoredExit() {
        return new IllegalStateException("async generator ignored GeneratorExit: it emitted again instead of ending");
    }

    static IllegalStateException generatorOfAnotherLoop() {
        return new IllegalStateException("the async generator belongs to a different loop than the one that runs here");
    }

    static IllegalStateException generatorIteratedTwice() {
        return new IllegalStateException("an async generator can be iterated only once; make a new one");
    }

    static IllegalStateException emitOutsideOfBody() {
        return new IllegalStateException("emit() belongs in the generator's own body, and in its own task");
    }

    static IllegalArgumentException prefetchNotPositive(int prefetch) {
        return new IllegalArgumentException("prefetch must be 1 or more, and is " + prefetch);
    }

    static IllegalStateException publisherEmittedTooMuch(String publisher) {
        return new IllegalStateException(publisher + " emitted more items than were requested from it");
    }

    static IllegalStateException publisherDidNotSubscribe(String publisher) {
        return new IllegalStateException(publisher + " called onNext before onSubscribe");
    }

    static NullPointerException publisherSignalledNull(String publisher, String signal) {
        return new NullPointerException(publisher + " called " + signal + "(null)");
    }

    static String publisherSignalledAfterItsEnd(String publisher, String signal) {
        return publisher + " called " + signal + " after its end, which nobody sees";
    }

    static IllegalStateException executorShutDown() {
        return new IllegalStateException("Executor shutdown has been called");
    }

    static RejectedExecutionException rejectedAfterShutdown() {
        return new RejectedExecutionException("the executor was shut down and takes no more commands");
    }

    static RejectedExecutionException rejectedByClosedLoop() {
        return new RejectedExecutionException("Event loop is closed");
    }

    static IllegalArgumentException periodNotPositive(long period) {
        return new IllegalArgumentException("the period must be positive: " + period);
    }

    static IllegalArgumentException nothingToInvoke() {
        return new IllegalArgumentException("invokeAny needs at least one command");
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
