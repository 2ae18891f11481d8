package dev.asyncloop.loop;

import dev.asyncloop.loop.core.CoreMisuse;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.Here;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs one body after the other on a loop of its own, and leaves nothing behind: asyncio's {@code Runner}.
 *
 * <pre>{@code
 * try (Runner runner = Runner.create()) {
 *     Connection connection = runner.run(() -> connect());
 *     runner.run(() -> connection.send("hello"));
 * }
 * }</pre>
 *
 * <p>The loop is made when it is first needed. Tasks that are not done when a run ends go on in the next run. One
 * thread at a time, outside of a loop.
 */
public final class Runner implements AutoCloseable {

    /** How long what is cancelled by {@link #close} may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final LoopFactory factory;
    private final LoopOptions options;
    private final Duration grace;
    private @Nullable EventLoop loop;
    private boolean closed;

    Runner(LoopFactory factory, LoopOptions options, Duration grace) {
        this.factory = Objects.requireNonNull(factory, "factory");
        this.options = Objects.requireNonNull(options, "options");
        this.grace = grace;
    }

    /** A runner of a loop as {@link EventLoop#create()} makes it. */
    public static Runner create() {
        return create(LoopOptions.defaults());
    }

    /** A runner of a loop made as {@code options} say. */
    public static Runner create(LoopOptions options) {
        return new Runner(EventLoop::create, options, GRACE);
    }

    /** A runner of the loop that {@code factory} makes. The factory is called once. */
    public static Runner create(LoopFactory factory) {
        return new Runner(factory, LoopOptions.defaults(), GRACE);
    }

    /**
     * Runs {@code body} as {@link EventLoop#runUntilComplete(Callable)} does, and returns its result. If the calling
     * thread is interrupted, or Ctrl-C is pressed for the first time, the body is cancelled and an
     * {@link InterruptedException} is thrown.
     *
     * @throws IllegalStateException on a loop, or after {@link #close}
     */
    public <T extends @Nullable Object> T run(Callable<? extends T> body) {
        Objects.requireNonNull(body, "body");
        if (Here.running() != null) {
            throw Misuse.runFromRunningLoop("Runner.run()");
        }
        EventLoop present = loop();
        present.core().ensureCanRun();
        return CtrlC.runUntilComplete(present, present.createTask(body));
    }

    /** The same for a body without a result. */
    public void run(ThrowingRunnable body) {
        run(CoroutineBody.of(body));
    }

    /**
     * Its loop, which is made if there is none.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public EventLoop loop() {
        if (closed) {
            throw Misuse.runnerClosed();
        }
        EventLoop present = loop;
        if (present == null) {
            present = factory.create(options);
            if (present == null) {
                throw Misuse.factoryReturnedNull();
            }
            loop = present;
        }
        return present;
    }

    /**
     * Cancels every task that is left and those that start meanwhile, and waits for them. Then closes the started
     * generators, shuts the default executor down, and closes the loop. Each step is done even if the one before
     * failed.
     *
     * <p>As in asyncio, tasks that end by the cancellation are not mentioned. If a task fails instead, the exception
     * handler is told. Unlike in asyncio, the steps have limits: 5 s for the tasks and another 5 s for what they start,
     * 5 s for the generators, and 300 s for the executor. Tasks that are left after that are logged with their stacks,
     * and the loop is closed without them. An interrupt ends the current step. If the thread was interrupted before the
     * call, it is so again afterwards.
     *
     * <p>Closing twice does nothing. Closing before the first use does nothing either: the runner can still be used.
     *
     * @throws IllegalStateException if its loop is running, or on another loop; then it is not closed
     */
    @Override
    public void close() {
        EventLoop present = loop;
        if (present == null) {
            return;
        }
        if (!present.isClosed()) {
            if (present.isRunning()) {
                throw CoreMisuse.closeWhileRunning();
            }
            present.core().ensureCanRun();
        }
        closed = true;
        if (!present.isClosed()) {
            new Shutdown(present, grace).run();
        }
    }
}
