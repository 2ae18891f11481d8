package dev.asyncloop.testcontainers.engine;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The Docker engine, which may die or hang while it is needed. Any thread. */
public final class DockerEngine {

    /** How long it may take to answer; the second limit holds once it has exceeded the first. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration LIMIT_WHILE_IT_HANGS = Duration.ofSeconds(1);

    private static volatile boolean hangs;

    private DockerEngine() {}

    /**
     * Asks the engine, and returns its answer.
     *
     * @param request what is asked, for a message, such as "to stop" something
     * @throws SilentEngineException if the engine does not answer, or not within the limit
     */
    static <T> T ask(String request, Callable<T> question) {
        Duration limit = hangs ? LIMIT_WHILE_IT_HANGS : LIMIT;
        FutureTask<T> answer = new FutureTask<>(question);
        Thread.ofVirtual().name("asyncloop-docker").start(answer); // a virtual thread can be interrupted in any wait
        try {
            T answered = answer.get(limit.toSeconds(), TimeUnit.SECONDS);
            hangs = false;
            return answered;
        } catch (TimeoutException late) {
            hangs = true;
            throw new SilentEngineException(request, "it was given " + limit.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            hangs = false;
            throw failure(request, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SilentEngineException(request, "interrupted", interrupted);
        } finally {
            answer.cancel(true);
        }
    }

    private static RuntimeException failure(String request, ExecutionException failed) {
        List<Throwable> causes = Stream.iterate(failed.getCause(), thrown -> thrown != null, Throwable::getCause)
                .toList();
        if (causes.getFirst() instanceof DockerException answer) {
            return answer;
        }
        return causes.stream().anyMatch(DockerEngine::isSilence)
                ? new SilentEngineException(request, causes.getLast().toString(), failed)
                : new IllegalStateException(causes.getFirst());
    }

    /**
     * Whether the engine did not answer. Testcontainers throws an {@code IllegalStateException} when it finds no
     * engine.
     */
    private static boolean isSilence(Throwable thrown) {
        return thrown instanceof IOException || thrown instanceof IllegalStateException;
    }

    /**
     * Asks for a sign of life.
     *
     * @throws SilentEngineException if the engine does not answer, or not within the limit
     */
    public static void ensureAnswers(String request) {
        ask(request, DockerClientFactory.lazyClient().pingCmd()::exec);
    }
}
