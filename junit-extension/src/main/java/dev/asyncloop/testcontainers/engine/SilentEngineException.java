package dev.asyncloop.testcontainers.engine;

/** Says that the Docker engine does not answer: it has died, or it hangs. */
public final class SilentEngineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SilentEngineException(String request, String why, Throwable cause) {
        super(
                "The Docker engine did not answer when asked " + request + ": " + why
                        + "\n  fix  start it again, or see why it hangs; then docker rm -f what it left running",
                cause);
    }
}
