package dev.asyncloop.loop.generators;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.loop.core.GeneratorRegister;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.origin.Owner;
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
public final class GeneratorRun<T> implements GeneratorRegister.Running {

    /** Thrown out of {@code emit} to end a body that is closed; asyncio's {@code GeneratorExit}. */
    private static final class GeneratorExit extends Error {
        private static final long serialVersionUID = 1L;

        GeneratorExit() {
            super("the generator was closed", null, false, false);
        }
    }

    private final LoopCore core;
    private final AsyncGenerator<T> generator;
    private final AsyncGenerator.Body<T> body;
    private final Coroutine task;

    /** What the consumer waits for: completed with whether there is a value. */
    private @Nullable GeneratorStep step;

    /** What the body waits for in {@code emit}; snapshots look at it. */
    private volatile @Nullable GeneratorRest rest;

    private @Nullable T value;
    private boolean ended;
    private boolean takenForShutdown;

    private GeneratorRun(
            LoopCore core, AsyncGenerator<T> generator, AsyncGenerator.Body<T> body, @Nullable Owner owner) {
        this.core = core;
        this.generator = generator;
        this.body = body;
        this.task = core.start(CoroutineKind.GENERATOR, "async generator", owner, () -> {
            runBody();
            return null;
        });
    }

    /** Starts a body, which waits for the first {@link #advance()}. */
    public static <T> GeneratorRun<T> start(
            LoopCore core, AsyncGenerator<T> generator, AsyncGenerator.Body<T> body, @Nullable Owner owner) {
        GeneratorRun<T> run = new GeneratorRun<>(core, generator, body, owner);
        core.generators().add(run);
        return run;
    }

    /** What runs the body. Any thread. */
    public Coroutine task() {
        return task;
    }

    /** Whose run it is. */
    public AsyncGenerator<T> generator() {
        return generator;
    }

    @Override
    public long number() {
        return task.number();
    }

    /** Whether the body ended. */
    public boolean isEnded() {
        return ended;
    }

    /** Whether the body waits in {@code emit}. Any thread. */
    public boolean isResting() {
        return rest != null;
    }

    /** Whether a shutdown is to close it: the first one is. */
    boolean takeForShutdown() {
        boolean first = !takenForShutdown;
        takenForShutdown = true;
        return first;
    }

    /** Here is a task that can wait for the body. */
    public static void ensureTaskOf(LoopCore core) {
        if (Here.requireCoroutine().core() != core) {
            throw GeneratorMisuse.generatorOfAnotherLoop();
        }
    }

    /** The same, and nobody else waits for it yet. */
    public void ensureResting(String operation) {
        ensureTaskOf(core);
        if (rest == null) {
            throw GeneratorMisuse.generatorAlreadyRunning(operation);
        }
    }

    /** Lets the body run up to where it emits or ends, and says whether it emitted. */
    public boolean advance() {
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
    public void exit() {
        GeneratorStep wanted = new GeneratorStep(task);
        step = wanted;
        GeneratorRest resting = Objects.requireNonNull(rest);
        rest = null;
        resting.completeExceptionally(new GeneratorExit());
        if (wanted.await()) {
            throw GeneratorMisuse.generatorIgnoredExit();
        }
    }

    /** What was emitted; it is the consumer's alone from here on. */
    public T takeValue() {
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
        core.generators().remove(this);
        GeneratorStep waiting = Objects.requireNonNull(step);
        step = null;
        if (failure == null) {
            waiting.complete(false);
        } else {
            Promises.fail(waiting, failure);
        }
    }

    private void emit(T emitted) {
        if (Here.currentCoroutine() != task) {
            throw GeneratorMisuse.emitOutsideOfBody();
        }
        GeneratorStep waiting = Objects.requireNonNull(step); // or else the body would not run
        Objects.requireNonNull(emitted, "value");
        if (task.takeInterruption()) { // cancelled, and did not wait for anything since: the consumer must not miss it
            throw new CancelledException(task.cancelMessage());
        }
        value = emitted;
        step = null;
        GeneratorRest resting = new GeneratorRest(core);
        rest = resting;
        waiting.complete(true);
        resting.await();
    }

    /** What the body is doing, in words. Any thread. */
    public String state() {
        return isResting() ? "suspended in emit" : core.host().describeState(task);
    }
}
