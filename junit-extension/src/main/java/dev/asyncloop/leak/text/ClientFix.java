package dev.asyncloop.leak.text;

import java.util.List;
import java.util.Optional;

/**
 * What to do about something that a library made for its client or server: to close that. It is told by the library's
 * method that the project's code called. Nobody guesses where that leads to nothing which can be closed.
 */
public final class ClientFix {

    private static final String HTTP_CLIENT = "close the HttpClient, e.g. with try-with-resources";

    private ClientFix() {}

    /** To close the client that made a thing, such as {@code close the SqsClient that OrderTests.java:41 made}. */
    public static Optional<String> of(List<StackTraceElement> created) {
        return Optional.ofNullable(LibraryCall.in(created))
                .filter(LibraryCall::isClosable)
                .map(ClientFix::close);
    }

    /**
     * What to do about a {@code java.net.http.HttpClient}. Where a library made it for something that cannot be closed,
     * such as a {@code RestTemplate}, the library can be given one that can.
     */
    public static String ofHttpClient(List<StackTraceElement> created) {
        return Optional.ofNullable(LibraryCall.in(created))
                .map(call -> call.isClosable()
                        ? close(call)
                        : "give the " + call.what() + " an HttpClient of your own, and close that")
                .orElse(HTTP_CLIENT);
    }

    private static String close(LibraryCall call) {
        return Closers.words(call.type()) + call.doneBy();
    }
}
