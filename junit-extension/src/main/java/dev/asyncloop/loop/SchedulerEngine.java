package dev.asyncloop.loop;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.jdk.LoopThreads;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Tasks on virtual threads that the loop schedules. */
final class SchedulerEngine extends Engine {

    private static final SchedulerEngine INSTANCE = new SchedulerEngine();

    /** Whether there was ever a loop of this engine. Where there was none, the JDK may be closed. */
    private static volatile boolean used;

    private SchedulerEngine() {}

    static SchedulerEngine get() {
        if (!used) {
            JdkAccess.ensureOpen();
            used = true;
        }
        LoopThreads.keepPollersOff();
        return INSTANCE;
    }

    /** The task of {@code loop} on {@code thread}, null where there is none. Any thread. */
    static @Nullable Task<?> taskOn(Thread thread, EventLoop loop) {
        return thread.isVirtual()
                        && LoopThreads.schedulerOf(thread) instanceof LoopScheduler scheduler
                        && scheduler.loop() == loop
                ? scheduler.taskOn(thread)
                : null;
    }

    static @Nullable EventLoop loopOf(Thread virtual) {
        return used && LoopThreads.schedulerOf(virtual) instanceof LoopScheduler scheduler ? scheduler.loop() : null;
    }

    @Override
    boolean isOnLoop(EventLoop loop, Thread virtual) {
        return loopOf(virtual) == loop;
    }

    @Override
    Thread newThread(Task<?> task, String name, Runnable body) {
        return LoopThreads.ofVirtual(new LoopScheduler(task.loop(), task))
                .name(name)
                .unstarted(body);
    }

    @Override
    void start(Task<?> task) {
        task.thread().start();
    }

    @Override
    void resume(Task<?> task) {
        task.continuation().run();
    }

    @Override
    void suspend(Task<?> task) {
        LockSupport.park();
    }

    @Override
    void wake(Task<?> task) {
        LockSupport.unpark(task.thread());
    }

    @Override
    void interrupt(Task<?> task) {
        task.thread().interrupt();
    }

    @Override
    void yield(Task<?> task) {
        Thread.yield();
    }

    @Override
    boolean isOver(Task<?> task) {
        return !task.thread().isAlive();
    }

    @Override
    boolean sharesThreadLocals() {
        return true;
    }

    @Override
    ThreadFactory threadFactory(EventLoop loop) {
        return LoopThreads.ofVirtual(new LoopScheduler(loop, null)).factory();
    }
}
