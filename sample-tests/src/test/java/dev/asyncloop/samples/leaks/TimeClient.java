package dev.asyncloop.samples.leaks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a {@link TimeServer}. */
final class TimeClient implements AutoCloseable {

    private final Socket socket;

    TimeClient(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
    }

    String time() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
