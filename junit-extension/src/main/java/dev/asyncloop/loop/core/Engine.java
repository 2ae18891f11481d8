package dev.asyncloop.loop.core;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** How coroutines get threads, and how the loop and its coroutines take turns. It has no state of its own. */
public abstract sealed class Engine permits SchedulerEngine, PortableEngine {

    /** The engine whose loop schedules virtual threads. Throws where the JDK does not let it. */
    public static Engine scheduler() {
        return SchedulerEngine.get();
    }

    /** The engine of ordinary virtual threads that pass a baton. */
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

    /** Whether {@code virtual}, the current thread, belongs to {@code core} and has its turn. */
    abstract boolean isOnLoop(LoopCore core, Thread virtual);

    /** The baton of a new coroutine; null in an engine without batons. */
    abstract PortableEngine.@Nullable Baton newBaton();

    /** A thread for {@code coroutine} that runs {@code body}; not started. */
    abstract Thread newThread(Coroutine coroutine, String name, Runnable body);

    /** Lets a coroutine begin in the next turn. Loop thread only. */
    abstract void start(Coroutine coroutine);

    /** Runs a coroutine up to where it waits next. The thread that runs the loop. */
    abstract void resume(Coroutine coroutine);

    /** Waits until the coroutine is woken or interrupted; may return early. In the coroutine. */
    abstract void suspend(Coroutine coroutine);

    /** Lets the coroutine go on in the next turn. If it runs now, its next suspension returns at once. Any thread. */
    abstract void wake(Coroutine coroutine);

    /** Interrupts the coroutine, which wakes it. Any thread. */
    abstract void interrupt(Coroutine coroutine);

    /** Lets what is ready run before the coroutine goes on. In the coroutine. */
    abstract void yield(Coroutine coroutine);

    /**
     * Whether the body of {@code coroutine} has ended, and its thread has ended or is about to. The thread that ran it
     * last.
     */
    abstract boolean isOver(Coroutine coroutine);

    /** Whether coroutines can use the thread-locals of the thread that drives the loop. */
    abstract boolean sharesThreadLocals();

    /** Makes virtual threads that are coroutines of {@code core}. */
    abstract ThreadFactory threadFactory(LoopCore core);
}
