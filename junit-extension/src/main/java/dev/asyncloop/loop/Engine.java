package dev.asyncloop.loop;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The inside of a {@link LoopEngine}. It has no state of its own. */
abstract sealed class Engine permits SchedulerEngine, PortableEngine {

    static Engine of(LoopEngine engine) {
        return engine == LoopEngine.PORTABLE ? PortableEngine.INSTANCE : SchedulerEngine.get();
    }

    /** The loop whose task or callback the current thread runs. */
    static @Nullable EventLoop running() {
        Thread thread = Thread.currentThread();
        if (!thread.isVirtual()) {
            return Driver.runningHere();
        }
        EventLoop loop = SchedulerEngine.loopOf(thread);
        return loop == null ? PortableEngine.runningHere() : loop;
    }

    /** Whether the current thread, a virtual one, is one of {@code loop}'s and is the one to run. */
    abstract boolean isOnLoop(EventLoop loop, Thread virtual);

    /** A thread for {@code task}, not started; {@code body} runs on it. */
    abstract Thread newThread(Task<?> task, String name, Runnable body);

    /** Lets a task begin in the next turn. Loop thread only. */
    abstract void start(Task<?> task);

    /** Runs a task up to where it waits next. The thread that runs the loop. */
    abstract void resume(Task<?> task);

    /** Waits until the task is woken or interrupted; may return early. In the task. */
    abstract void suspend(Task<?> task);

    /** Lets the task go on in the next turn, or, where it runs, not be suspended the next time. Any thread. */
    abstract void wake(Task<?> task);

    /** Interrupts the task, which wakes it. Any thread. */
    abstract void interrupt(Task<?> task);

    /** Lets what is ready run before the task goes on. In the task. */
    abstract void yield(Task<?> task);

    /** Whether the thread of {@code task} has ended, or will without another line of a body. The thread that ran it last. */
    abstract boolean isOver(Task<?> task);

    /** Whether tasks can use the thread-locals of the thread that drives the loop. */
    abstract boolean sharesThreadLocals();

    /** Makes virtual threads that are tasks of {@code loop}. */
    abstract ThreadFactory threadFactory(EventLoop loop);
}
