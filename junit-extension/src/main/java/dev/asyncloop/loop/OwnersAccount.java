package dev.asyncloop.loop;

import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Moment;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one owner has on one loop. */
record OwnersAccount(EventLoop loop, LoopCore core, Owner owner) implements LoopAccount {

    private Stream<Coroutine> coroutines() {
        return core.coroutines().stream().filter(coroutine -> coroutine.owner() == owner);
    }

    @Override
    public List<Task<?>> tasks() {
        return coroutines().<Task<?>>map(Task::of).toList();
    }

    @Override
    public List<AsyncGenerator<?>> generators() {
        return AsyncGenerator.allOf(core, owner);
    }

    @Override
    public boolean isEmpty() {
        return tasks().isEmpty()
                && generators().isEmpty()
                && !core.calls().anyReady(owner)
                && handles().isEmpty();
    }

    @Override
    public boolean hasReady() {
        return coroutines().anyMatch(Coroutine::isReady) || core.calls().anyReady(owner);
    }

    @Override
    public boolean hasDying() {
        return coroutines().anyMatch(Coroutine::isDying);
    }

    @Override
    public List<HandleSnapshot> handles() {
        core.ensureLoopThread();
        return core.calls().of(owner).stream().map(HandleSnapshot::of).toList();
    }

    @Override
    public void cancelHandles(Predicate<HandleSnapshot> which) {
        core.ensureLoopThread();
        core.calls().cancel(owner, call -> which.test(HandleSnapshot.of(call)));
    }

    @Override
    public List<ExceptionContext> takeFailures() {
        return loop.unretrieved().take(owner);
    }

    @Override
    public MainTask mainTask(String name, LoopOptions options) {
        return new MainTask(core, name, owner, options.timeout());
    }

    @Override
    public @Nullable Thread maker() {
        return core.maker();
    }

    @Override
    public boolean stop(Duration limit) {
        if (core.isRunning()) {
            loop.callSoonThreadsafe(loop::stop);
        }
        return core.awaitStopped(limit);
    }

    @Override
    public boolean awaitStopped(Duration limit) {
        return core.awaitStopped(limit);
    }

    @Override
    public boolean takeAway() {
        return core.takeAway();
    }

    @Override
    public void setIdleListener(@Nullable Runnable listener) {
        core.setIdleListener(listener);
    }

    @Override
    public Moment announceInterruption(Thread thread) {
        return core.driver().announceInterruption(thread);
    }

    @Override
    public InterruptedException interrupted(Moment moment) {
        return core.host().interrupted(moment);
    }
}
