package dev.asyncloop.testcontainers;

import dev.asyncloop.testcontainers.engine.LogTail;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerFetchException;

/** Says that a container did not start. The message has its image, the reason, the end of its log, and what to do. */
final class ContainerStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What Testcontainers throws when a container ended. Its own message says no more, so ours shows the log. */
    private static final String ENDED = "org.testcontainers.shaded.org.awaitility.core.ConditionTimeoutException";

    private ContainerStartException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The exception to throw when Testcontainers could not start a container of {@code image} and threw {@code failed}.
     */
    static ContainerStartException of(String image, LogTail log, Throwable failed) {
        List<Throwable> causes = Stream.iterate(failed, thrown -> thrown != null, Throwable::getCause)
                .toList();
        Throwable root = causes.get(causes.size() - 1);
        if (causes.stream().anyMatch(ContainerFetchException.class::isInstance)) {
            return with(
                    image,
                    "its image cannot be had: " + root.getMessage(),
                    "correct the name, or docker pull it",
                    failed);
        }
        if (root.getClass().getName().equals(ENDED)) {
            return with(image, "it ended" + log.describe(), "see the log", failed);
        }
        return with(
                image,
                root.getMessage() + log.describe(),
                "see the log; where it was only slow, give it more time by withStartupTimeout",
                failed);
    }

    private static ContainerStartException with(String image, String why, String fix, Throwable failed) {
        return new ContainerStartException(image + " did not start: " + why + "\n  fix  " + fix, failed);
    }
}
