package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.GeneratorRegister;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Traced;
import dev.asyncloop.loop.generators.GeneratorMisuse;
import dev.asyncloop.loop.generators.GeneratorRun;
import dev.asyncloop.loop.generators.GeneratorShutdown;
import dev.asyncloop.loop.generators.PublisherBody;
import dev.asyncloop.loop.snapshot.GeneratorSnapshot;
import dev.asyncloop.loop.snapshot.GeneratorState;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Emits values one by one to the task that iterates over it, and rests while nobody asks for one.
 *
 * <p>asyncio's async generator. The body starts with the first {@code hasNext()}. It runs as a task of its own while a
 * consumer waits for a value, and is suspended in {@code emit} between values. A generator can be iterated once, by one
 * task at a time. {@link #close()}, best called by try-with-resources, ends a body that was left in the middle and runs
 * its {@code finally}. A generator that was started and not finished is a leak. Loop thread only.
 *
 * {@snippet :
 * AsyncGenerator<Order> orders() {
 *     return AsyncGenerator.of(emitter -> {
 *         for (long id : ids()) {
 *             emitter.emit(fetch(id).await());
 *         }
 *     });
 * }
 *
 * try (AsyncGenerator<Order> orders = orders()) {
 *     for (Order order : orders) {
 *         ship(order);
 *     }
 * }
 * }
 */
@SuppressWarnings("exports") // its supertypes are hidden from users
public final class AsyncGenerator<T> extends Traced implements Iterable<T>, AutoCloseable {

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

    private final LoopCore core;
    private final Body<T> body;
    private final @Nullable Owner owner;
    private final long creator;
    private final CallStack created = CallStack.current();

    /** Null until it starts; snapshots look at it. */
    private volatile @Nullable GeneratorRun<T> run;

    private @Nullable Values iterator;
    private boolean closed;

    private AsyncGenerator(LoopCore core, Body<T> body) {
        this.core = core;
        this.body = body;
        this.owner = core.currentOwner();
        Coroutine current = core.current();
        this.creator = current == null ? 0 : current.number();
    }

    /**
     * A generator on the running loop; nothing runs before it is iterated.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static <T> AsyncGenerator<T> of(Body<T> body) {
        return new AsyncGenerator<>(Here.requireRunning(), Objects.requireNonNull(body, "body"));
    }

    /**
     * The items of {@code publisher}, each requested from it when it is asked for here.
     *
     * <p>The first {@code hasNext()} subscribes, and {@link #close()} cancels the subscription. The publisher may
     * signal from any thread. If it fails, {@code hasNext()} throws its exception without a wrapper. If it breaks the
     * rules of Reactive Streams, {@code hasNext()} throws {@link IllegalStateException}; for a null it throws
     * {@link NullPointerException}.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static <T> AsyncGenerator<T> from(Flow.Publisher<? extends T> publisher) {
        return from(publisher, 1);
    }

    /**
     * The same, with up to {@code prefetch} items requested before they are asked for.
     *
     * @throws IllegalArgumentException if {@code prefetch} is less than 1
     */
    public static <T> AsyncGenerator<T> from(Flow.Publisher<? extends T> publisher, int prefetch) {
        Objects.requireNonNull(publisher, "publisher");
        if (prefetch < 1) {
            throw GeneratorMisuse.prefetchNotPositive(prefetch);
        }
        LoopCore core = Here.requireRunning();
        return new AsyncGenerator<>(core, new PublisherBody<>(core, publisher, prefetch));
    }

    /**
     * The values, each made when it is asked for. What the body throws comes out of {@code hasNext()}.
     *
     * <p>Cancelling a task that waits for a value cancels the body. The task then sees how the body ends.
     *
     * @throws IllegalStateException if it was called before
     */
    @Override
    public Iterator<T> iterator() {
        if (iterator != null) {
            throw GeneratorMisuse.generatorIteratedTwice();
        }
        iterator = new Values();
        return iterator;
    }

    /**
     * Ends the body: its {@code emit} throws an error, so that its {@code finally} runs. Returns when the body has
     * ended, and throws what the {@code finally} throws. Does nothing if the body never started or has ended; otherwise
     * it must be called in a task of the same loop.
     *
     * @throws IllegalStateException if the body emits again instead, or a task waits for its next value right now
     */
    @Override
    public void close() {
        GeneratorRun<T> started = run;
        if (started != null && !started.isEnded()) {
            started.ensureResting("aclose");
            closed = true;
            started.exit();
        }
        closed = true;
    }

    /** Waits for the next value, and returns whether there is one. */
    private boolean advance() {
        GeneratorRun<T> started = run;
        if (started == null && !closed) {
            GeneratorRun.ensureTaskOf(core);
            GeneratorShutdown.warnIfCalled(core, this);
            started = GeneratorRun.start(core, this, body, owner);
            run = started;
        } else if (started == null || started.isEnded()) {
            return false;
        } else {
            started.ensureResting("anext");
        }
        return !closed && started.advance();
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
            return Objects.requireNonNull(run).takeValue();
        }
    }

    /** The generators of a loop whose bodies have not ended, in the order of their start. Any thread. */
    static List<AsyncGenerator<?>> allOf(LoopCore core) {
        List<AsyncGenerator<?>> found = new ArrayList<>();
        for (GeneratorRegister.Running running : core.generators().all()) {
            found.add(((GeneratorRun<?>) running).generator());
        }
        return found;
    }

    /** Those that belong to {@code owner}. Any thread. */
    static List<AsyncGenerator<?>> allOf(LoopCore core, Owner owner) {
        List<AsyncGenerator<?>> found = allOf(core);
        found.removeIf(generator -> generator.owner != owner);
        return found;
    }

    /** Snapshots of all generators of a loop. Any thread. */
    static List<GeneratorSnapshot> snapshots(LoopCore core) {
        List<GeneratorSnapshot> found = new ArrayList<>();
        for (AsyncGenerator<?> generator : allOf(core)) {
            found.add(generator.snapshot());
        }
        return found;
    }

    @Override
    protected List<StackTraceElement> created() {
        return created.fromUserCode();
    }

    GeneratorSnapshot snapshot() {
        GeneratorRun<T> started = run;
        List<StackTraceElement> waiting =
                started == null ? List.of() : started.task().stackTrace();
        return new GeneratorSnapshot(state(), owner, creator, created.fromUserCode(), waiting);
    }

    /** What it is doing. Any thread. */
    private GeneratorState state() {
        GeneratorRun<T> started = run;
        if (started == null) {
            return GeneratorState.notStarted();
        }
        boolean live = !started.task().isDone();
        return live && body instanceof PublisherBody<T> subscribed
                ? subscribed.state(started.isResting())
                : started.state();
    }

    @Override
    public String toString() {
        String from = created.fromUserCode().stream()
                .findFirst()
                .map(line -> ", created at " + line)
                .orElse("");
        return "<async generator, " + state() + from + ">";
    }
}
