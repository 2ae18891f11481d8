package dev.asyncloop.loop;

import dev.asyncloop.jdk.CallStack;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that emits values one by one to whoever iterates over it, and rests while nobody asks.
 *
 * <p>asyncio's async generator. The body starts with the first {@code hasNext()} and is suspended in {@code emit} between
 * values. It can be iterated once. {@link #close()}, best by try-with-resources, ends a body that was left in the middle and
 * runs its {@code finally}; a generator that was started and not finished is a leak. Loop thread only.
 */
public final class AsyncGenerator<T> implements Iterable<T>, AutoCloseable {

    /** Takes the values of a generator's body. */
    @FunctionalInterface
    public interface Emitter<T> {

        /**
         * Hands {@code value} to the consumer and waits until the next one is asked for.
         *
         * @throws IllegalStateException outside of the generator's body
         */
        void emit(T value);
    }

    /** The body of a generator. */
    @FunctionalInterface
    public interface Body<T> {

        /**
         * Emits values, and ends after the last.
         *
         * @throws Exception whatever the body throws; the consumer sees it at its next step
         */
        void run(Emitter<T> emitter) throws Exception;
    }

    /** Thrown out of {@code emit} to end a body that is closed; asyncio's {@code GeneratorExit}. */
    private static final class GeneratorExit extends Error {
        private static final long serialVersionUID = 1L;

        GeneratorExit() {
            super("the generator was closed", null, false, false);
        }
    }

    private final EventLoop loop;
    private final Body<T> body;
    private final @Nullable Owner owner;
    private final CallStack created = CallStack.current();

    private @Nullable Task<@Nullable Void> task;
    private @Nullable Values iterator;

    /** What the consumer waits for: completed with whether there is a value. Null while nobody waits. */
    private @Nullable GeneratorStep step;

    /** What the body waits for in {@code emit}. */
    private @Nullable LoopFuture<@Nullable Void> resume;

    private @Nullable T value;
    private boolean closing;

    private AsyncGenerator(EventLoop loop, Body<T> body) {
        this.loop = loop;
        this.body = body;
        this.owner = loop.currentOwner();
    }

    /** A generator on the running loop; nothing runs before it is iterated. */
    public static <T> AsyncGenerator<T> of(Body<T> body) {
        return new AsyncGenerator<>(EventLoop.running(), Objects.requireNonNull(body, "body"));
    }

    /**
     * The values, each made when it is asked for. What the body throws comes out of {@code hasNext()}.
     *
     * @throws IllegalStateException if it was called before
     */
    @Override
    public Iterator<T> iterator() {
        if (iterator != null) {
            throw Misuse.generatorIteratedTwice();
        }
        iterator = new Values();
        return iterator;
    }

    /**
     * Ends the body: at its {@code emit} it sees an error that runs its {@code finally}. Returns when it has ended. Does
     * nothing where the body never started or has ended.
     *
     * @throws IllegalStateException if the body emits again instead, or is running right now
     */
    @Override
    public void close() {
        Task<@Nullable Void> running = task;
        if (running != null && !running.isDone()) {
            Asyncio.requireTask();
            ensureResting("aclose");
        }
        closing = true;
        LoopFuture<@Nullable Void> suspended = resume;
        if (running != null && suspended != null) {
            GeneratorStep end = new GeneratorStep(running);
            step = end;
            suspended.completeExceptionally(new GeneratorExit());
            if (end.await()) {
                throw Misuse.generatorIgnoredClose();
            }
        }
    }

    /** The body either did not start, or waits in {@code emit} and nobody has asked it to go on. */
    private void ensureResting(String operation) {
        if (step != null || (task != null && resume == null)) {
            throw Misuse.generatorAlreadyRunning(operation);
        }
    }

    private final class Values implements Iterator<T> {

        private boolean ready;

        @Override
        public boolean hasNext() {
            if (!ready) {
                ready = advance();
            }
            return ready;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ready = false;
            return Objects.requireNonNull(value);
        }
    }

    private boolean advance() {
        if (closing || (task != null && task.isDone())) {
            return false;
        }
        Asyncio.requireTask();
        ensureResting("anext");
        if (task == null) {
            task = loop.start(Task.Kind.GENERATOR, "async generator", owner, () -> {
                runBody();
                return null;
            });
            loop.register().add(this);
        }
        GeneratorStep wanted = new GeneratorStep(task);
        step = wanted;
        LoopFuture<@Nullable Void> suspended = resume;
        if (suspended != null) {
            suspended.complete(null);
        }
        return wanted.await();
    }

    private void runBody() {
        Throwable failure = null;
        try {
            body.run(this::emit);
        } catch (GeneratorExit asked) {
            // closed: its finally has run
        } catch (Throwable thrown) {
            failure = thrown;
        }
        loop.register().remove(this);
        GeneratorStep waiting = step;
        step = null;
        if (waiting == null) {
            return;
        }
        if (failure == null) {
            waiting.complete(false);
        } else {
            waiting.fail(failure);
        }
    }

    private void emit(T emitted) {
        GeneratorStep waiting = step;
        if (waiting == null || Asyncio.currentTaskOrNull() != task) {
            throw Misuse.emitOutsideOfBody();
        }
        value = Objects.requireNonNull(emitted, "value");
        step = null;
        LoopFuture<@Nullable Void> suspended = new InnerFuture<>(loop, "emit", List::of);
        resume = suspended;
        waiting.complete(true);
        try {
            suspended.await();
        } finally {
            resume = null;
        }
    }

    long number() {
        return task == null ? 0 : task.number();
    }

    /** Whom it is charged to, null where nobody keeps account. Any thread. */
    public @Nullable Owner owner() {
        return owner;
    }

    GeneratorSnapshot snapshot() {
        Task<?> running = task;
        boolean resting = resume != null;
        return new GeneratorSnapshot(
                running == null ? "not started" : resting ? "suspended in emit" : running.activity(),
                owner,
                created.fromUserCode(),
                running == null ? List.of() : running.stackTrace());
    }
}
