package dev.asyncloop.loop.core;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.jdk.LoopThreads;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The engine whose loop schedules virtual threads itself. */
final class SchedulerEngine extends Engine {

    private static final SchedulerEngine INSTANCE = new SchedulerEngine();

    /** Whether there was ever a loop of this engine. Until then the JDK may be closed to us. Any thread. */
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

    /** The coroutine of {@code core} on {@code thread}; null where there is none. Any thread. */
    static @Nullable Coroutine coroutineOn(Thread thread, LoopCore core) {
        return thread.isVirtual()
                        && LoopThreads.schedulerOf(thread) instanceof LoopScheduler scheduler
                        && scheduler.core() == core
                ? scheduler.coroutineOn(thread)
                : null;
    }

    /** The loop that {@code virtual} belongs to; null if it belongs to none, or strays. */
    static @Nullable LoopCore coreOf(Thread virtual) {
        LoopCore core = homeOf(virtual);
        return core == null || core.isStray(virtual) ? null : core;
    }

    private static @Nullable LoopCore homeOf(Thread virtual) {
        return used && LoopThreads.schedulerOf(virtual) instanceof LoopScheduler scheduler ? scheduler.core() : null;
    }

    /** The coroutine that strays on {@code thread}; null where there is none. Any thread. */
    static @Nullable Coroutine strayOn(Thread thread) {
        LoopCore core = thread.isVirtual() ? homeOf(thread) : null;
        return core != null && core.isStray(thread) ? coroutineOn(thread, core) : null;
    }

    @Override
    boolean isOnLoop(LoopCore core, Thread virtual) {
        return coreOf(virtual) == core;
    }

    @Override
    PortableEngine.@Nullable Baton newBaton() {
        return null;
    }

    @Override
    Thread newThread(Coroutine coroutine, String name, Runnable body) {
        return LoopThreads.ofVirtual(new LoopScheduler(coroutine.core(), coroutine))
                .name(name)
                .unstarted(body);
    }

    @Override
    void start(Coroutine coroutine) {
        coroutine.thread().start();
    }

    @Override
    void resume(Coroutine coroutine) {
        coroutine.continuation().run();
    }

    @Override
    void suspend(Coroutine coroutine) {
        LockSupport.park();
    }

    @Override
    void wake(Coroutine coroutine) {
        LockSupport.unpark(coroutine.thread());
    }

    @Override
    void interrupt(Coroutine coroutine) {
        coroutine.thread().interrupt();
    }

    @Override
    void yield(Coroutine coroutine) {
        Thread.yield();
    }

    @Override
    boolean isOver(Coroutine coroutine) {
        return !coroutine.thread().isAlive();
    }

    @Override
    boolean sharesThreadLocals() {
        return true;
    }

    @Override
    ThreadFactory threadFactory(LoopCore core) {
        return LoopThreads.ofVirtual(new LoopScheduler(core, null)).factory();
    }
}
