package dev.asyncloop.samples.leaks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Tells the time to whoever connects. */
final class TimeServer implements AutoCloseable {

    private final ServerSocket server;

    TimeServer() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    void answerOne() throws IOException {
        try (Socket caller = server.accept()) {
            caller.getOutputStream().write("noon".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
