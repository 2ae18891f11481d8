package dev.asyncloop.testcontainers;

/** The Docker engine has ended, or hangs. */
final class SilentEngineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SilentEngineException(String doing, String why, Throwable cause) {
        super("The Docker engine stopped answering while " + doing + ": " + why, cause);
    }
}
