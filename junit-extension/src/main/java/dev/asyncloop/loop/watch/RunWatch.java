package dev.asyncloop.loop.watch;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.RunListener;
import dev.asyncloop.loop.core.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Listens to the runs of one loop, and passes on what it hears to the guard, the slow steps and the watchdog. */
public final class RunWatch implements RunListener {

    private final LoopCore core;
    private final Watchdog watchdog;
    private final RunGuard guard;
    private final SlowSteps slowSteps;

    /** Watches the loop of {@code core}, with {@code watchdog}. Its runs may take {@code timeout}, or null without a limit. */
    public RunWatch(LoopCore core, Watchdog watchdog, @Nullable Duration timeout) {
        this.core = core;
        this.watchdog = watchdog;
        this.guard = new RunGuard(core, watchdog, timeout);
        this.slowSteps = new SlowSteps(core, watchdog);
    }

    LoopCore core() {
        return core;
    }

    /** Ends runs that would not end by themselves. */
    public RunGuard guard() {
        return guard;
    }

    /** Times the steps of a loop in debug mode. */
    public SlowSteps slowSteps() {
        return slowSteps;
    }

    /** The time by which it is measured how long something takes, in nanoseconds from anywhere. Any thread. */
    public long time() {
        return watchdog.time();
    }

    /** That of {@code core}. */
    public static RunWatch of(LoopCore core) {
        return (RunWatch) core.listener();
    }

    @Override
    public void runBegins(@Nullable Promise<?> awaited) {
        guard.begin(awaited);
        watchdog.watch(this);
        if (core.isDebug()) {
            watchdog.hurry();
        }
    }

    @Override
    public boolean runEnded() {
        watchdog.forget(this);
        return guard.end();
    }

    @Override
    public void resumes(Coroutine coroutine) {
        coroutine.runsAt(watchdog.lastTick());
    }

    @Override
    public void standsStill() {
        guard.standsStill(false);
    }

    @Override
    public void timedStepBegins(Step step) {
        slowSteps.begin(step);
    }

    @Override
    public void timedStepEnds(Step step) {
        slowSteps.end(step);
    }

    @Override
    public void bodyInterrupted(Supplier<InterruptedException> givenUp) {
        guard.interrupted(givenUp);
    }

    @Override
    public boolean isInterrupting() {
        return watchdog.isHere();
    }

    @Override
    public @Nullable Verdict verdict() {
        return guard.verdict();
    }

    @Override
    public List<StackTraceElement> where() {
        return guard.where();
    }

    @Override
    public void debugChanged() {
        watchdog.hurry();
    }
}
