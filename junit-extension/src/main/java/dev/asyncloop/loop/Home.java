package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Host;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Moment;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.UnseenFailures;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Shows an {@link EventLoop} to its core. Any thread. */
final class Home implements Host {

    private final EventLoop loop;

    Home(EventLoop loop) {
        this.loop = loop;
    }

    /** The loop whose core it is. */
    static EventLoop loopOf(LoopCore core) {
        return ((Home) core.host()).loop;
    }

    @Override
    public Promise<?> outcomeOf(Coroutine coroutine) {
        return new Task<@Nullable Object>(coroutine);
    }

    @Override
    public <T extends @Nullable Object> Promise<T> createFuture() {
        return loop.createFuture();
    }

    @Override
    public <T extends @Nullable Object> Promise<T> createTask(
            @Nullable String name, boolean background, Callable<? extends T> body) {
        return loop.make(new TaskFactory.Options(name, background), body);
    }

    @Override
    public void callbackFailed(Callback callback, Exception thrown) {
        loop.callExceptionHandler(new ExceptionContext("Exception in callback " + callback.name(), thrown, callback));
    }

    @Override
    public void report(String message, @Nullable Throwable thrown, @Nullable Object subject) {
        loop.callExceptionHandler(new ExceptionContext(message, thrown, subject));
    }

    @Override
    public UnseenFailures unseen() {
        return loop.unretrieved();
    }

    @Override
    public void lookForUnseen() {
        loop.unretrieved().look();
    }

    @Override
    public String dump() {
        return LoopDump.of(loop);
    }

    @Override
    public String describe(Coroutine coroutine) {
        return TaskSnapshot.of(coroutine).toString();
    }

    /** Calls itself as the user's loop does, for messages. */
    @Override
    public String toString() {
        return loop.toString();
    }

    @Override
    public InterruptedException interrupted(Moment moment) {
        return at(moment.where(), new InterruptedException(whileRunning(moment)));
    }

    @Override
    public InterruptedException givenUp(long seconds, Moment moment) {
        return at(
                moment.where(),
                new InterruptedException("the body did not end within " + seconds
                        + " s of its interruption and was given up: " + whileRunning(moment)));
    }

    private static String whileRunning(Moment moment) {
        return "interrupted while the event loop was running\n" + moment.dump();
    }

    /** Lets a stack show where the body was, and then who runs the loop, without our frames between them. */
    private static InterruptedException at(List<StackTraceElement> where, InterruptedException made) {
        List<StackTraceElement> stack = new ArrayList<>(where);
        stack.addAll(CallStack.userCode(List.of(made.getStackTrace())));
        made.setStackTrace(stack.toArray(StackTraceElement[]::new));
        return made;
    }

    @Override
    public RuntimeException stuck(String reason, String ending, String dump, StackTraceElement[] where) {
        return new StuckLoopException(reason + ending + "\n" + dump, where);
    }

    @Override
    public void outlivesItsLoop(Coroutine coroutine, long number) {
        Log.log(
                Level.INFO,
                "asyncloop: " + coroutine.label() + " woke up after its loop was closed and goes on by itself, number "
                        + number + " to do so in this JVM");
    }
}
