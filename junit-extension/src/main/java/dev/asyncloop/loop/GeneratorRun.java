package dev.asyncloop.loop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a generator under way, as a task of its own that runs while a consumer waits for it. Loop thread only.
 *
 * <p>Of the consumer and the body one waits for the other, always:
 *
 * <pre>
 *   advance: the consumer waits in step, the body runs      emit: the body waits in rest, the consumer runs
 *   step is set, rest is null                  -- emit --&gt;   step is null, rest is set
 *   step is set, rest is null                 &lt;- advance --  step is null, rest is set
 *   step is set, rest is null             -- body ends --&gt;   step is null, rest is null, ended
 * </pre>
 */
final class GeneratorRun<T> {

    /** Thrown out of {@code emit} to end a body that is closed; asyncio's {@code GeneratorExit}. */
    private static final class GeneratorExit extends Error {
        private static final long serialVersionUID = 1L;

        GeneratorExit() {
            super("the generator was closed", null, false, false);
        }
    }

    private final EventLoop loop;
    private final AsyncGenerator<T> generator;
    private final AsyncGenerator.Body<T> body;
    private final Task<@Nullable Void> task;

    /** What the consumer waits for: completed with whether there is a value. */
    private @Nullable GeneratorStep step;

    /** What the body waits for in {@code emit}; snapshots look at it. */
    private volatile @Nullable GeneratorRest rest;

    private @Nullable T value;
    private boolean ended;

    private GeneratorRun(EventLoop loop, AsyncGenerator<T> generator, AsyncGenerator.Body<T> body) {
        this.loop = loop;
        this.generator = generator;
        this.body = body;
        this.task = loop.start(Task.Kind.GENERATOR, "async generator", generator.owner(), () -> {
            runBody();
            return null;
        });
    }

    /** Starts a body, which waits for the first {@link #advance()}. */
    static <T> GeneratorRun<T> start(EventLoop loop, AsyncGenerator<T> generator, AsyncGenerator.Body<T> body) {
        GeneratorRun<T> run = new GeneratorRun<>(loop, generator, body);
        loop.register().add(generator);
        return run;
    }

    Task<@Nullable Void> task() {
        return task;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isResting() {
        return rest != null;
    }

    /** Here is a task that can wait for the body. */
    static void ensureTaskOf(EventLoop loop) {
        if (Asyncio.requireTask().loop() != loop) {
            throw Misuse.generatorOfAnotherLoop();
        }
    }

    /** The same, and nobody else waits for it yet. */
    void ensureResting(String operation) {
        ensureTaskOf(loop);
        if (rest == null) {
            throw Misuse.generatorAlreadyRunning(operation);
        }
    }

    /** Lets the body run up to where it emits or ends, and says whether it emitted. */
    boolean advance() {
        GeneratorStep wanted = new GeneratorStep(task);
        step = wanted;
        GeneratorRest resting = rest;
        if (resting != null) {
            rest = null;
            resting.end();
        }
        return wanted.await();
    }

    /** Lets the body run to its end, with an error at its {@code emit}. */
    void exit() {
        GeneratorStep wanted = new GeneratorStep(task);
        step = wanted;
        GeneratorRest resting = Objects.requireNonNull(rest);
        rest = null;
        resting.completeExceptionally(new GeneratorExit());
        if (wanted.await()) {
            throw Misuse.generatorIgnoredExit();
        }
    }

    /** What was emitted; it is the consumer's alone from here on. */
    T takeValue() {
        T taken = Objects.requireNonNull(value);
        value = null;
        return taken;
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
        ended = true;
        loop.register().remove(generator);
        GeneratorStep waiting = Objects.requireNonNull(step);
        step = null;
        if (failure == null) {
            waiting.complete(false);
        } else {
            waiting.fail(failure);
        }
    }

    private void emit(T emitted) {
        if (Asyncio.currentTaskOrNull() != task) {
            throw Misuse.emitOutsideOfBody();
        }
        GeneratorStep waiting = Objects.requireNonNull(step); // or else the body would not run
        Objects.requireNonNull(emitted, "value");
        if (task.takeInterruption()) { // cancelled, and did not wait for anything since: the consumer must not miss it
            throw new TaskCancelledException(task.cancelMessage());
        }
        value = emitted;
        step = null;
        GeneratorRest resting = new GeneratorRest(loop);
        rest = resting;
        waiting.complete(true);
        resting.await();
    }

    /** What the body is doing, in words. Any thread. */
    String state() {
        return isResting() ? "suspended in emit" : Activity.of(task);
    }
}
