package dev.asyncloop.loop.generators;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.GeneratorRegister;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.groups.GatheringFuture;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes the generators of a loop that are under way. Loop thread only. */
public final class GeneratorShutdown {

    private GeneratorShutdown() {}

    /** Closes them all at once, each in a task of its own. Only one shutdown closes a generator. */
    public static Promise<@Nullable Void> begin(LoopCore core) {
        core.generators().beginClosing();
        List<AsyncGenerator<?>> left = new ArrayList<>();
        for (GeneratorRegister.Running running : core.generators().all()) {
            GeneratorRun<?> run = (GeneratorRun<?>) running;
            if (run.takeForShutdown()) {
                left.add(run.generator());
            }
        }
        if (left.isEmpty()) {
            Promise<@Nullable Void> nothing = core.host().createFuture();
            nothing.complete(null);
            return nothing;
        }
        return core.host().createTask("shutdown of async generators", false, CoroutineBody.of(() -> {
            GatheringFuture.ofResults(
                            core,
                            left.stream()
                                    .map(generator -> closer(core, generator))
                                    .toList())
                    .await();
        }));
    }

    private static Promise<@Nullable Void> closer(LoopCore core, AsyncGenerator<?> generator) {
        return core.host().createTask("close async generator", false, CoroutineBody.of(() -> close(core, generator)));
    }

    /** Closes one generator. It never throws, since the shutdown has to wait for the others. */
    private static void close(LoopCore core, AsyncGenerator<?> generator) {
        try {
            generator.close();
        } catch (CancelledException cancelled) {
            // no error, as in asyncio; whoever cancelled the shutdown learns it from the shutdown
        } catch (Throwable failure) {
            core.host()
                    .report(
                            "an error occurred during closing of asynchronous generator " + generator,
                            failure,
                            generator);
        }
    }

    /** Logs a warning if a generator starts after a shutdown: nobody will close it. */
    public static void warnIfCalled(LoopCore core, AsyncGenerator<?> starting) {
        if (core.generators().isClosing()) {
            Log.quietly(
                    Level.WARNING,
                    "asynchronous generator " + starting + " was scheduled after loop.shutdown_asyncgens() call",
                    null);
        }
    }
}
