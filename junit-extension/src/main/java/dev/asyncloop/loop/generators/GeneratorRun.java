package dev.asyncloop.loop.generators;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.loop.core.GeneratorRegister;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.snapshot.Activity;
import dev.asyncloop.loop.snapshot.GeneratorState;
import dev.asyncloop.loop.snapshot.GeneratorState.Stage;
import dev.asyncloop.origin.Owner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The run of a generator's body, as a task of its own. It runs only while a consumer waits for it. Loop thread only.
 *
 * <p>At any time, either the consumer waits for the body or the body for the consumer:
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

    /** What the consumer awaits. It is completed with whether there is a value. */
    private @Nullable GeneratorStep step;

    /** What the body awaits in {@code emit}. Any thread may read it. */
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

    /** Starts a body. It begins with the first {@link #advance()}. */
    public static <T> GeneratorRun<T> start(
            LoopCore core, AsyncGenerator<T> generator, AsyncGenerator.Body<T> body, @Nullable Owner owner) {
        GeneratorRun<T> run = new GeneratorRun<>(core, generator, body, owner);
        core.generators().add(run);
        return run;
    }

    /** The coroutine that runs the body. Any thread. */
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

    /** Whether the shutdown that asks is to close it; true for the first one only. */
    boolean takeForShutdown() {
        boolean first = !takenForShutdown;
        takenForShutdown = true;
        return first;
    }

    /** Throws {@link IllegalStateException} unless the current thread is a task of the loop of {@code core}. */
    public static void ensureTaskOf(LoopCore core) {
        if (Here.requireCoroutine().core() != core) {
            throw GeneratorMisuse.generatorOfAnotherLoop();
        }
    }

    /** The same, and throws {@link IllegalStateException} if somebody waits for the body already. */
    public void ensureResting(String operation) {
        ensureTaskOf(core);
        if (rest == null) {
            throw GeneratorMisuse.generatorAlreadyRunning(operation);
        }
    }

    /** Lets the body run until it emits or ends, and returns whether it emitted. */
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

    /** Ends the body by an error that its {@code emit} throws. */
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

    /** Takes the value that was emitted out, so that only the consumer keeps it. */
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

    /** What the body is doing. Any thread. */
    public GeneratorState state() {
        return new GeneratorState(isResting() ? Stage.RESTING : Stage.ACTIVE, null, Activity.state(task));
    }
}
