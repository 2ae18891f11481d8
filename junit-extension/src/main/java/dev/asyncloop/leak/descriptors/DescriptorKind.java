package dev.asyncloop.leak.descriptors;

/** The kind of object that a leaked descriptor belongs to, and what to do about a leak of that kind. */
enum DescriptorKind {
    FILE("close it in the test, e.g. with try-with-resources"),
    ARCHIVE("close the ZipFile, file system or class loader that reads it, or setUseCaches(false) on its jar:"
            + " connection"),
    DIRECTORY("close the stream that Files.list, walk, find or newDirectoryStream gave, e.g. with try-with-resources"),
    SERVER_SOCKET("shut the server down, or close its server socket"),
    SOCKET("close the socket or channel, or the client that owns it, e.g. with HttpClient.close()"),
    /** The socket of a response that an {@code HttpClient} waits to hand on, since nobody reads it. */
    RESPONSE("read the stream of the response to its end, or close it"),
    /** That of an {@code HttpURLConnection}. */
    URL_RESPONSE("close the stream of the response or read it to its end, or disconnect the HttpURLConnection"),
    CLOSED_CHANNEL("select once more on the selector (selectNow), or close it"),
    PIPE("close both ends of the pipe, or the streams of the process it led to"),
    CHILD_PROCESS("wait for the process or destroy it, and close its streams"),
    SELECTOR(
            "close the selector, or the client or server that runs on it, e.g. HttpClient.close(), HttpServer.stop(0)"),
    CHANNEL_GROUP("shut the AsynchronousChannelGroup down"),
    WATCH_SERVICE("close the WatchService, e.g. with try-with-resources"),
    OTHER("close whatever opened it");

    private final String fix;

    DescriptorKind(String fix) {
        this.fix = fix;
    }

    /** Whether what opened it may be one part of a client or a server, and whoever closes that closes it. */
    boolean isOfClient() {
        return switch (this) {
            case SERVER_SOCKET, SOCKET, SELECTOR, CHANNEL_GROUP -> true;
            default -> false;
        };
    }

    /** Whether whoever opened it has to end it, even if somebody else holds the object. */
    boolean isUsersOwn() {
        return switch (this) {
            case RESPONSE, URL_RESPONSE, CLOSED_CHANNEL, CHILD_PROCESS -> true;
            default -> false;
        };
    }

    /** What to do, in one sentence without a capital or a full stop. */
    String fix() {
        return fix;
    }
}
