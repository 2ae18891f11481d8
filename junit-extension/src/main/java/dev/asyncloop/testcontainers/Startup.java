package dev.asyncloop.testcontainers;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Outcome;
import dev.asyncloop.loop.Task;
import dev.asyncloop.testcontainers.engine.ContainerState;
import dev.asyncloop.testcontainers.engine.DockerEngine;
import dev.asyncloop.testcontainers.engine.LogTail;
import dev.asyncloop.testcontainers.engine.SilentEngineException;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/** Starts containers together and stops them together, each in a task of its own. Called by tasks only. */
final class Startup {

    private Startup() {}

    /**
     * Returns when all containers are ready. If one does not start, waits until none is starting any more, and stops
     * all.
     */
    static void start(List<? extends GenericContainer<?>> containers) throws InterruptedException {
        Log.log(Level.INFO, "Starting " + names(containers));
        List<Task<@Nullable Void>> starts = containers.stream()
                .map(container -> Asyncio.createTask("start " + ContainerState.name(container), () -> start(container)))
                .toList();
        try {
            Asyncio.gather(starts).await();
        } catch (Throwable failed) { // also when this task is cancelled, which cancels the starts too
            Asyncio.gatherOutcomes(starts).await();
            try {
                stopAll(containers).forEach(stopped -> suppress(stopped, failed));
            } catch (SilentEngineException silent) {
                failed.addSuppressed(silent);
            }
            throw failed;
        }
    }

    private static void start(GenericContainer<?> container) {
        long begin = System.nanoTime();
        LogTail log = new LogTail();
        container.withLogConsumer(log);
        try {
            container.start();
        } catch (RuntimeException failed) {
            DockerEngine.ensureAnswers("to start " + ContainerState.name(container));
            throw ContainerStartException.of(ContainerState.name(container), log, failed);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        Log.log(
                Level.INFO,
                ContainerState.name(container) + " started in "
                        + String.format(Locale.ROOT, "%.1f", taken.toMillis() / 1_000.0) + " s");
    }

    /**
     * Returns when no container runs any more.
     *
     * @throws SilentEngineException if the engine does not answer any more
     */
    static void stop(List<? extends GenericContainer<?>> containers) throws InterruptedException {
        String names = names(containers);
        stopAll(containers).forEach(Outcome::get);
        Log.log(Level.INFO, "Stopped " + names);
    }

    private static List<? extends Outcome<?>> stopAll(List<? extends GenericContainer<?>> containers)
            throws InterruptedException {
        String request =
                "to stop " + containers.stream().map(ContainerState::element).collect(Collectors.joining(", and "));
        LoopFuture<List<Outcome<@Nullable Void>>> stops = Asyncio.gatherOutcomes(containers.stream()
                .map(container -> Asyncio.createTask("stop " + ContainerState.name(container), container::stop))
                .toList());
        try {
            do {
                waitFor(stops);
                DockerEngine.ensureAnswers(request); // Testcontainers is silent when the engine does not answer
            } while (!stops.isDone());
        } finally {
            stops.cancel(true);
        }
        return stops.await();
    }

    /** Waits until the future is done, for a second at most. Uses real time, whatever the clock of the loop. */
    private static void waitFor(LoopFuture<?> future) throws InterruptedException {
        try {
            future.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException ended) {
            // the caller looks at the future itself
        }
    }

    private static void suppress(Outcome<?> stopped, Throwable failed) {
        if (stopped instanceof Outcome.Failure<?> failure) {
            failed.addSuppressed(failure.failure());
        }
    }

    private static String names(List<? extends GenericContainer<?>> containers) {
        return containers.stream().map(ContainerState::name).collect(Collectors.joining(", "));
    }
}
