package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;
import static dev.asyncloop.leak.LeakKind.PENDING_TASK;

import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URL;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Sockets of all kinds, pipes and selectors. */
final class SocketWing extends Wing {

    /** Its selector is a virtual thread from JDK 26 on, which the loop knows and ends. */
    private static final LeakKind HTTP_CLIENT = Runtime.version().feature() < 26 ? FILE_DESCRIPTOR : PENDING_TASK;

    /** Somebody to connect to, for good. */
    private static final InetSocketAddress SERVER = server();

    private static final int PORT_OF_ALL_HOSTS = serveAllHosts();
    private static final AtomicInteger HOST = new AtomicInteger();

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
        show(
                "AsynchronousChannelGroup",
                FILE_DESCRIPTOR,
                () -> ending(AsynchronousChannelGroup.withFixedThreadPool(1, Thread::new)));
        show(
                "SSLServerSocket",
                FILE_DESCRIPTOR,
                () -> SSLServerSocketFactory.getDefault().createServerSocket(0));
        show("accepted SocketChannel", FILE_DESCRIPTOR, SocketWing::acceptedChannel);
        show("datagram of a DatagramChannel", FILE_DESCRIPTOR, () -> sent(DatagramChannel.open()));
        show("Pipe", FILE_DESCRIPTOR, () -> closing(Pipe.open()));
        show("Selector", FILE_DESCRIPTOR, () -> Selector.open());
        show("registered Selector", FILE_DESCRIPTOR, () -> registered(Selector.open()));
        show("HttpClient", HTTP_CLIENT, () -> HttpClient.newHttpClient());
        show("HttpClient of a callback", FILE_DESCRIPTOR, SocketWing::clientOfCallback);
        show("HttpClient of a thread", FILE_DESCRIPTOR, SocketWing::clientOfThread);
        show("unread response", FILE_DESCRIPTOR, () -> url().openStream());
        show("unread HttpURLConnection", FILE_DESCRIPTOR, () -> asked((HttpURLConnection) url().openConnection()));
        show("HttpServer", FILE_DESCRIPTOR, () -> started(HttpServer.create(new InetSocketAddress(0), 0)));
    }

    private static InetSocketAddress server() {
        try {
            ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            Thread.ofPlatform().daemon().start(() -> accept(server));
            return (InetSocketAddress) server.getLocalSocketAddress();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
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

    private static SocketChannel acceptedChannel() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(null);
                SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            client.finishConnect();
            return server.accept(); // leaks
        }
    }

    private static DatagramChannel sent(DatagramChannel channel) throws IOException {
        channel.send(ByteBuffer.allocate(1), SERVER);
        return channel;
    }

    private static Selector registered(Selector selector) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        }
        selector.selectNow();
        return selector;
    }

    private static AutoCloseable ending(AsynchronousChannelGroup group) {
        return () -> {
            group.shutdownNow();
            group.awaitTermination(1, TimeUnit.MINUTES);
        };
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

    private static HttpClient clientOfCallback() throws Exception {
        FutureTask<HttpClient> open = new FutureTask<>(() -> HttpClient.newHttpClient()); // leaks
        EventLoop.running().callSoon(open);
        Asyncio.sleep(Duration.ZERO);
        return open.get();
    }

    private static HttpClient clientOfThread() throws Exception {
        FutureTask<HttpClient> open = new FutureTask<>(() -> HttpClient.newHttpClient()); // leaks
        Thread.ofPlatform().start(open).join();
        return open.get();
    }

    /** With a host that nobody has asked, so that no connection to it is kept. */
    private static URL url() throws IOException {
        int host = HOST.incrementAndGet();
        return URI.create("http://127.1." + host / 256 + "." + host % 256 + ":" + PORT_OF_ALL_HOSTS + "/")
                .toURL();
    }

    private static AutoCloseable asked(HttpURLConnection connection) throws IOException {
        connection.getResponseCode(); // leaks
        return connection::disconnect;
    }

    private static int serveAllHosts() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("ok".getBytes());
                exchange.close();
            });
            server.start();
            return server.getAddress().getPort();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static AutoCloseable started(HttpServer server) {
        server.start();
        return () -> server.stop(0);
    }
}
