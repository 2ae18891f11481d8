package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;

/** Sockets of all kinds, pipes and selectors. */
final class SocketWing extends Wing {

    /** Somebody to connect to, for good. */
    private static final InetSocketAddress SERVER = server();

    SocketWing() {
        show("ServerSocket", FILE_DESCRIPTOR, () -> new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        show("Socket", FILE_DESCRIPTOR, () -> new Socket(SERVER.getAddress(), SERVER.getPort()));
        show("accepted Socket", FILE_DESCRIPTOR, SocketWing::accepted);
        show(
                "SSLSocket",
                FILE_DESCRIPTOR,
                () -> SSLSocketFactory.getDefault().createSocket(SERVER.getAddress(), SERVER.getPort()));
        show("DatagramSocket", FILE_DESCRIPTOR, () -> new DatagramSocket());
        show("MulticastSocket", FILE_DESCRIPTOR, () -> new MulticastSocket(0));
        show(
                "ServerSocketChannel",
                FILE_DESCRIPTOR,
                () -> ServerSocketChannel.open().bind(null));
        show("SocketChannel", FILE_DESCRIPTOR, () -> SocketChannel.open(SERVER));
        show("unbound SocketChannel", FILE_DESCRIPTOR, () -> SocketChannel.open());
        show("DatagramChannel", FILE_DESCRIPTOR, () -> DatagramChannel.open());
        show(
                "Unix domain server",
                FILE_DESCRIPTOR,
                () -> ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(path()));
        show("Unix domain socket", FILE_DESCRIPTOR, () -> SocketChannel.open(StandardProtocolFamily.UNIX));
        show("AsynchronousServerSocketChannel", FILE_DESCRIPTOR, () -> AsynchronousServerSocketChannel.open());
        show("AsynchronousSocketChannel", FILE_DESCRIPTOR, () -> AsynchronousSocketChannel.open());
        show("Pipe", FILE_DESCRIPTOR, () -> closing(Pipe.open()));
        show("Selector", FILE_DESCRIPTOR, () -> Selector.open());
        show("HttpServer", FILE_DESCRIPTOR, () -> started(HttpServer.create(new InetSocketAddress(0), 0)));
    }

    private static InetSocketAddress server() {
        try {
            ServerSocketChannel server =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
            return (InetSocketAddress) server.getLocalAddress();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Socket accepted() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            client.setTcpNoDelay(true);
            return server.accept(); // leaks
        }
    }

    private static UnixDomainSocketAddress path() {
        return UnixDomainSocketAddress.of(folder().resolve(UUID.randomUUID() + ".sock"));
    }

    private static AutoCloseable closing(Pipe pipe) {
        return () -> {
            pipe.source().close();
            pipe.sink().close();
        };
    }

    private static AutoCloseable started(HttpServer server) {
        server.start();
        return () -> server.stop(0);
    }
}
