package dev.asyncloop.loop.executors;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.PurposeFuture;
import dev.asyncloop.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A view of a loop as an executor; {@code EventLoop.asExecutor} says what it promises. Any thread. */
public final class LoopExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    /**
     * How often a thread that waits for the end looks whether the loop was closed, since a closed loop tells nobody.
     */
    private static final long CLOSED_POLL_NANOS = 10_000_000;

    private final LoopCore core;
    private final Set<LoopCommand<?>> commands = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    private final PurposeFuture terminated;
    private volatile boolean shutdown;

    /** A new view of that loop. */
    public LoopExecutor(LoopCore core) {
        this.core = core;
        this.terminated = new PurposeFuture(core, () -> "the end of an executor view", () -> null);
    }

    LoopCore core() {
        return core;
    }

    private <T extends @Nullable Object> LoopCommand<T> command(
            Callable<? extends T> body, boolean bare, long delay, long period) {
        Objects.requireNonNull(body, "command");
        return new LoopCommand<>(this, body, bare, Math.max(0, delay), period, count.incrementAndGet());
    }

    private <T extends @Nullable Object> LoopCommand<T> launch(LoopCommand<T> command) {
        commands.add(command);
        if (isShutdown() && commands.remove(command)) { // or else shutdownNow has just returned it
            terminateIfDone();
            throw core.isClosed() ? ExecutorMisuse.rejectedByClosedLoop() : ExecutorMisuse.rejectedAfterShutdown();
        }
        core.calls().add(command);
        core.onLoopThread(command::enter);
        return command;
    }

    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        if (command instanceof LoopCommand<?> made && made.view() == this) { // of our superclass
            launch(made);
        } else {
            launch(this.<@Nullable Object>command(asCallable(command), true, 0, 0));
        }
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable command, T value) {
        return command(Executors.callable(command, value), false, 0, 0);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> command) {
        return command(command, false, 0, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return this.<@Nullable Object>schedule(asCallable(command), delay, unit);
    }

    @Override
    public <T extends @Nullable Object> ScheduledFuture<T> schedule(Callable<T> command, long delay, TimeUnit unit) {
        return launch(command(command, false, Nanos.of(delay, unit), 0));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return launch(command(asCallable(command), false, Nanos.of(initialDelay, unit), positive(period, unit)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return launch(command(asCallable(command), false, Nanos.of(initialDelay, unit), -positive(delay, unit)));
    }

    private static long positive(long period, TimeUnit unit) {
        if (period <= 0) {
            throw ExecutorMisuse.periodNotPositive(period);
        }
        return Nanos.of(period, unit);
    }

    private static Callable<@Nullable Object> asCallable(Runnable command) {
        return new Command(Objects.requireNonNull(command, "command"));
    }

    /** A command without a result. In messages it has the name of the user's command. */
    private record Command(Runnable command) implements Callable<@Nullable Object> {

        @Override
        public @Nullable Object call() {
            command.run();
            return null;
        }

        @Override
        public String toString() {
            return Words.callback(command);
        }
    }

    /** A command will not run any more. */
    void ended(LoopCommand<?> command) {
        commands.remove(command);
        core.calls().remove(command);
        terminateIfDone();
    }

    private void terminateIfDone() {
        if (shutdown && commands.isEmpty()) {
            terminated.release();
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
        for (LoopCommand<?> command : commands) {
            if (command.isPeriodic()) {
                command.cancel(false);
            }
        }
        terminateIfDone();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> left = new ArrayList<>();
        for (LoopCommand<?> command : commands.stream().sorted().toList()) {
            if (command.takeBack()) {
                left.add(command);
            } else {
                command.interrupt();
            }
        }
        terminateIfDone();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown || core.isClosed();
    }

    @Override
    public boolean isTerminated() {
        return terminated.isDone() || core.isClosed();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = Nanos.of(timeout, unit);
        if (!isTerminated() && !Suspension.until(terminated, nanos)) {
            long end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0 && !isTerminated(); left = end - System.nanoTime()) {
                blockUntilTerminated(Math.min(left, CLOSED_POLL_NANOS));
            }
        }
        return isTerminated();
    }

    private void blockUntilTerminated(long nanos) throws InterruptedException {
        try {
            terminated.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException notYet) {
            // it never fails
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException afterCenturies) {
            throw new AssertionError(afterCenturies);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<LoopCommand<T>> candidates =
                tasks.stream().map(task -> this.<T>command(task, false, 0, 0)).toList();
        Promise<T> first = firstSuccess(candidates);
        try {
            candidates.forEach(this::launch);
            return first.get(Suspension.until(first, unit.toNanos(timeout)) ? 0 : timeout, unit);
        } finally {
            candidates.forEach(candidate -> candidate.cancel(true));
        }
    }

    /** A future that ends with the first result, or with the last failure if all fail. */
    private <T extends @Nullable Object> Promise<T> firstSuccess(List<LoopCommand<T>> candidates) {
        if (candidates.isEmpty()) {
            throw ExecutorMisuse.nothingToInvoke();
        }
        Promise<T> first = core.host().createFuture();
        AtomicInteger left = new AtomicInteger(candidates.size());
        for (LoopCommand<T> candidate : candidates) {
            candidate.whenComplete((result, thrown) -> {
                if (thrown == null) {
                    first.complete(result);
                } else if (left.decrementAndGet() == 0) {
                    Promises.fail(first, thrown);
                }
            });
        }
        return first;
    }

    @Override
    public String toString() {
        String state = isTerminated() ? "terminated" : shutdown ? "shut down" : "open";
        return "<executor view " + state + ", " + commands.size() + " commands, of " + core.host() + ">";
    }
}
