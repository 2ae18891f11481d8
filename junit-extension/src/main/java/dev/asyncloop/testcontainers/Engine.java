package dev.asyncloop.testcontainers;

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
final class Engine {

    /** How long it may take to answer. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private Engine() {}

    /**
     * What it answers.
     *
     * @param doing what a message says that it stopped answering while
     * @throws SilentEngineException if it does not answer, or not within the limit
     */
    static <T> T ask(String doing, Callable<T> question) {
        FutureTask<T> answer = new FutureTask<>(question);
        Thread.ofVirtual().name("asyncloop-docker").start(answer); // a virtual one can be interrupted in any wait
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new SilentEngineException(doing, "no answer within " + LIMIT.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            throw failure(doing, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SilentEngineException(doing, "interrupted", interrupted);
        } finally {
            answer.cancel(true);
        }
    }

    private static RuntimeException failure(String doing, ExecutionException failed) {
        List<Throwable> causes = Stream.iterate(failed.getCause(), thrown -> thrown != null, Throwable::getCause)
                .toList();
        if (causes.getFirst() instanceof DockerException answer) {
            return answer;
        }
        return causes.stream().anyMatch(IOException.class::isInstance)
                ? new SilentEngineException(doing, causes.getLast().toString(), failed)
                : new IllegalStateException(causes.getFirst());
    }

    /** @throws SilentEngineException if it does not answer */
    static void ensureAnswers(String doing) {
        ask(doing, DockerClientFactory.lazyClient().pingCmd()::exec);
    }
}
