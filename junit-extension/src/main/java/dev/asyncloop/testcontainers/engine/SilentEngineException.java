package dev.asyncloop.testcontainers.engine;

/** The Docker engine has ended, or hangs. */
public final class SilentEngineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SilentEngineException(String request, String why, Throwable cause) {
        super(
                "The Docker engine did not answer when asked " + request + ": " + why
                        + "\n  fix  start it again, or see why it hangs; then docker rm -f what it left running",
                cause);
    }
}
