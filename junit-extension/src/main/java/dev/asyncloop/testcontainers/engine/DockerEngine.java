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

/** The Docker engine, which may end or hang while it is needed. Any thread. */
public final class DockerEngine {

    /** How long it may take to answer; and where it just took longer than that. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration LIMIT_WHILE_IT_HANGS = Duration.ofSeconds(1);

    private static volatile boolean hangs;

    private DockerEngine() {}

    /**
     * What it answers.
     *
     * @param request for a message: what it is asked, such as "to stop" something
     * @throws SilentEngineException if it does not answer, or not within the limit
     */
    static <T> T ask(String request, Callable<T> question) {
        Duration limit = hangs ? LIMIT_WHILE_IT_HANGS : LIMIT;
        FutureTask<T> answer = new FutureTask<>(question);
        Thread.ofVirtual().name("asyncloop-docker").start(answer); // a virtual one can be interrupted in any wait
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

    /** Also how Testcontainers says that it has found no engine. */
    private static boolean isSilence(Throwable thrown) {
        return thrown instanceof IOException || thrown instanceof IllegalStateException;
    }

    /** @throws SilentEngineException if it does not answer, or not within the limit */
    public static void ensureAnswers(String request) {
        ask(request, DockerClientFactory.lazyClient().pingCmd()::exec);
    }
}
