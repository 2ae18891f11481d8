package dev.asyncloop.loop;

/** Is told what goes wrong on a loop where nobody can catch it; see {@link EventLoop#setExceptionHandler}. */
@FunctionalInterface
public interface ExceptionHandler {

    /**
     * Called on the loop, or on the thread that closes it. An {@code Exception} that it throws is logged; an
     * {@code Error}, such as a failed assertion, leaves the run or the {@code close()}.
     */
    void handle(EventLoop loop, ExceptionContext context);
}
