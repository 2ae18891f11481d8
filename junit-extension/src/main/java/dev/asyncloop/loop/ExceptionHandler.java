package dev.asyncloop.loop;

/** Is told of failures on a loop that nobody can catch; see {@link EventLoop#setExceptionHandler}. */
@FunctionalInterface
public interface ExceptionHandler {

    /**
     * Called on the loop's thread, on the thread that closes the loop, or by {@link EventLoop#callExceptionHandler}. If
     * it throws an {@code Exception}, that is logged. An {@code Error}, such as a failed assertion, leaves the run or
     * the {@code close()}.
     */
    void handle(EventLoop loop, ExceptionContext context);
}
