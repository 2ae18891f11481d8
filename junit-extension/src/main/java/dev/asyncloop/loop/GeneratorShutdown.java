package dev.asyncloop.loop;

import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes the generators that a loop has left, and remembers that it was asked to. Loop thread only. */
final class GeneratorShutdown {

    private final EventLoop loop;
    private boolean called;

    GeneratorShutdown(EventLoop loop) {
        this.loop = loop;
    }

    /** Closes all at once, each in a task of its own; a generator is closed by one shutdown only. */
    LoopFuture<@Nullable Void> begin() {
        called = true;
        List<AsyncGenerator<?>> left = loop.allGenerators().stream()
                .filter(AsyncGenerator::takeForShutdown)
                .toList();
        if (left.isEmpty()) {
            LoopFuture<@Nullable Void> nothing = loop.createFuture();
            nothing.complete(null);
            return nothing;
        }
        return loop.createTask("shutdown of async generators", () -> {
            Asyncio.gather(left.stream().map(this::closer).toList()).await();
        });
    }

    private Task<@Nullable Void> closer(AsyncGenerator<?> generator) {
        return loop.createTask("close async generator", () -> close(generator));
    }

    /** Ends normally in any case: one that fails must not keep the shutdown from waiting for the others. */
    private void close(AsyncGenerator<?> generator) {
        try {
            generator.close();
        } catch (TaskCancelledException cancelled) {
            // no error, as in asyncio; whoever cancelled the shutdown learns it from the shutdown
        } catch (Throwable failure) {
            report(generator, failure);
        }
    }

    private void report(AsyncGenerator<?> generator, Throwable failure) {
        loop.callExceptionHandler(new ExceptionContext(
                "an error occurred during closing of asynchronous generator " + generator, failure, generator));
    }

    /** A generator that starts afterwards is one that nobody will close. */
    void warnIfCalled(AsyncGenerator<?> starting) {
        if (called) {
            LoopLog.log(
                    Level.WARNING,
                    "asynchronous generator " + starting + " was scheduled after loop.shutdown_asyncgens() call",
                    null);
        }
    }
}
