package dev.asyncloop.loop.core;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** How coroutines get threads, and how the loop and its coroutines take turns. It has no state of its own. */
public abstract sealed class Engine permits SchedulerEngine, PortableEngine {

    /** Coroutines on virtual threads that the loop schedules; throws where the JDK is closed to that. */
    public static Engine scheduler() {
        return SchedulerEngine.get();
    }

    /** Coroutines on ordinary virtual threads that pass a baton. */
    public static Engine portable() {
        return PortableEngine.INSTANCE;
    }

    /** The loop whose task or callback the current thread runs. */
    static @Nullable LoopCore running() {
        Thread thread = Thread.currentThread();
        if (!thread.isVirtual()) {
            return Driver.runningHere();
        }
        LoopCore core = SchedulerEngine.coreOf(thread);
        return core == null ? PortableEngine.runningHere() : core;
    }

    /** Whether the current thread, a virtual one, is one of {@code core}'s and is the one to run. */
    abstract boolean isOnLoop(LoopCore core, Thread virtual);

    /** What a new coroutine has of the hand-over; null where there is none. */
    abstract PortableEngine.@Nullable Baton newBaton();

    /** A thread for {@code task}, not started; {@code body} runs on it. */
    abstract Thread newThread(Coroutine coroutine, String name, Runnable body);

    /** Lets a task begin in the next turn. Loop thread only. */
    abstract void start(Coroutine coroutine);

    /** Runs a task up to where it waits next. The thread that runs the loop. */
    abstract void resume(Coroutine coroutine);

    /** Waits until the task is woken or interrupted; may return early. In the task. */
    abstract void suspend(Coroutine coroutine);

    /** Lets the task go on in the next turn, or, where it runs, not be suspended the next time. Any thread. */
    abstract void wake(Coroutine coroutine);

    /** Interrupts the task, which wakes it. Any thread. */
    abstract void interrupt(Coroutine coroutine);

    /** Lets what is ready run before the task goes on. In the task. */
    abstract void yield(Coroutine coroutine);

    /** Whether the thread of {@code task} has ended, or will without another line of a body. The thread that ran it last. */
    abstract boolean isOver(Coroutine coroutine);

    /** Whether tasks can use the thread-locals of the thread that drives the loop. */
    abstract boolean sharesThreadLocals();

    /** Makes virtual threads that are tasks of {@code core}. */
    abstract ThreadFactory threadFactory(LoopCore core);
}
