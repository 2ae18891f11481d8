package dev.asyncloop.testcontainers;

import dev.asyncloop.testcontainers.engine.LogTail;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerFetchException;

/** A container did not start: its image, why, the end of its log, and what to do. */
final class ContainerStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** How Testcontainers says that one ended; the message has all that the engine knows of it. */
    private static final String ENDED = "org.testcontainers.shaded.org.awaitility.core.ConditionTimeoutException";

    private ContainerStartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What to throw where the container of an image did not start, and Testcontainers threw {@code failed}. */
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
