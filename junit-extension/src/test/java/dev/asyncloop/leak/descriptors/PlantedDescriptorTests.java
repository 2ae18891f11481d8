package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of descriptor is opened, found with its description, closed, and found no more. */
@EnabledOnOs(OS.LINUX)
class PlantedDescriptorTests {

    private static final Descriptors BRIEF =
            new Descriptors(Path.of("/proc"), millis -> Thread.sleep(Math.min(millis, 4)));
    private static final Descriptors PATIENT = new Descriptors(Path.of("/proc"), TimeUnit.MILLISECONDS::sleep);
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path folder;

    Path file;

    @BeforeAll
    static void warm_up() {
        BRIEF.warmUp();
        PATIENT.warmUp();
    }

    @BeforeEach
    void create_file() throws IOException {
        folder = folder.toRealPath();
        file = Files.writeString(folder.resolve("orders.db"), "one\n");
    }

    @Test
    void file_input_stream() throws Exception {
        assertThat(leakOf(() -> new FileInputStream(file.toFile()))).isEqualTo("FILE # -> " + file);
    }

    @Test
    void file_channel() throws Exception {
        assertThat(leakOf(() -> FileChannel.open(file))).isEqualTo("FILE # -> " + file);
    }

    @Test
    void random_access_file() throws Exception {
        assertThat(leakOf(() -> new RandomAccessFile(file.toFile(), "rw"))).isEqualTo("FILE # -> " + file);
    }

    @Test
    void asynchronous_file_channel() throws Exception {
        assertThat(leakOf(() -> AsynchronousFileChannel.open(file))).isEqualTo("FILE # -> " + file);
    }

    @Test
    void lines_of_a_file() throws Exception {
        assertThat(leakOf(() -> Files.lines(file))).isEqualTo("FILE # -> " + file);
    }

    @Test
    void deleted_file() throws Exception {
        assertThat(leakOf(() -> {
                    FileOutputStream stream = new FileOutputStream(file.toFile());
                    Files.delete(file);
                    return stream;
                }))
                .isEqualTo("FILE # -> " + file + " (deleted)");
    }

    @Test
    void file_of_the_jdk_that_no_class_loader_reads() throws Exception {
        Path trusted = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        assertThat(leakOf(() -> new FileInputStream(trusted.toFile()))).isEqualTo("FILE # -> " + trusted.toRealPath());
    }

    @Test
    void zip_file_system() throws Exception {
        Path zip = zip("orders.zip");
        assertThat(leakOf(() -> FileSystems.newFileSystem(zip))).isEqualTo("ARCHIVE # -> " + zip);
    }

    @Test
    void class_loader() throws Exception {
        Path jar = zip("plugin.jar");
        assertThat(leakOf(() -> {
                    URLClassLoader loader =
                            new URLClassLoader(new java.net.URL[] {jar.toUri().toURL()}, null);
                    assertThat(loader.findResource("entry")).isNotNull();
                    return loader;
                }))
                .isEqualTo("ARCHIVE # -> " + jar);
    }

    @Test
    void list_of_a_directory() throws Exception {
        assertThat(leakOf(() -> Files.list(folder))).isEqualTo("DIRECTORY #, # -> directory " + folder);
    }

    @Test
    void directory_stream() throws Exception {
        assertThat(leakOf(() -> Files.newDirectoryStream(folder))).isEqualTo("DIRECTORY #, # -> directory " + folder);
    }

    @Test
    void two_streams_of_one_directory_are_two_findings() throws Exception {
        DescriptorSnapshot before = BRIEF.snapshot();
        try (var one = Files.list(folder);
                var two = Files.list(folder)) {
            assertThat(List.of(one, two)).hasSameSizeAs(BRIEF.opened(before));
        }
    }

    @Test
    void selector() throws Exception {
        assertThat(leakOf(Selector::open)).isEqualTo("SELECTOR selector (epoll #, eventfd #)");
    }

    @Test
    void pipe() throws Exception {
        assertThat(leakOf(() -> {
                    Pipe pipe = Pipe.open();
                    return () -> {
                        pipe.source().close();
                        pipe.sink().close();
                    };
                }))
                .isEqualTo("PIPE pipe (read end #, write end #)");
    }

    @Test
    void one_end_of_a_pipe() throws Exception {
        assertThat(leakOf(() -> {
                    Pipe pipe = Pipe.open();
                    pipe.source().close();
                    return pipe.sink();
                }))
                .isEqualTo("PIPE # -> pipe (write end)");
    }

    @Test
    void server_socket() throws Exception {
        ServerSocket server = new ServerSocket();
        assertThat(leakOf(() -> {
                    server.bind(ANY_PORT);
                    return server;
                }))
                .isEqualTo("SERVER_SOCKET # -> TCP socket listening on 127.0.0.1:" + server.getLocalPort());
    }

    @Test
    void server_socket_on_all_addresses() throws Exception {
        int[] port = new int[1];
        assertThat(leakOf(() -> {
                    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
                    server.bind(new InetSocketAddress(0));
                    port[0] = server.socket().getLocalPort();
                    return server;
                }))
                .isEqualTo("SERVER_SOCKET # -> TCP socket listening on 0.0.0.0:" + port[0]);
    }

    @Test
    void both_sides_of_a_connection() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT)) {
            DescriptorSnapshot before = BRIEF.snapshot();
            DescriptorSnapshot patientBefore = PATIENT.snapshot();
            SocketChannel client = SocketChannel.open(server.getLocalAddress());
            SocketChannel accepted = server.accept();
            String there = "127.0.0.1:" + client.socket().getLocalPort();
            String here = "127.0.0.1:" + server.socket().getLocalPort();
            try {
                assertThat(BRIEF.opened(before))
                        .extracting(leak -> leak.kind() + " " + shape(leak))
                        .containsExactlyInAnyOrder(
                                "SOCKET # -> TCP socket " + there + " -> " + here + " (ESTABLISHED)",
                                "SOCKET # -> TCP socket " + here + " -> " + there + " (ESTABLISHED)");
            } finally {
                client.close();
                accepted.close();
            }
            assertThat(PATIENT.opened(patientBefore)).isEmpty();
        }
    }

    @Test
    void socket_that_is_not_connected() throws Exception {
        assertThat(leakOf(SocketChannel::open)).isEqualTo("SOCKET # -> socket, neither bound nor connected");
    }

    @Test
    void datagram_channel() throws Exception {
        int[] port = new int[1];
        assertThat(leakOf(() -> {
                    DatagramChannel bound = DatagramChannel.open().bind(ANY_PORT);
                    port[0] = bound.socket().getLocalPort();
                    return bound;
                }))
                .isEqualTo("SOCKET # -> UDP socket bound to 127.0.0.1:" + port[0]);
    }

    @Test
    void unix_domain_server() throws Exception {
        Path name = folder.resolve("x.sock");
        assertThat(leakOf(() ->
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(name))))
                .isEqualTo("SERVER_SOCKET # -> unix socket listening on " + name);
    }

    @Test
    void watch_service() throws Exception {
        assertThat(leakOf(() -> FileSystems.getDefault().newWatchService()))
                .isEqualTo("WATCH_SERVICE watch service (inotify #, socket #, socket #)");
    }

    @Test
    void asynchronous_channel_group() throws Exception {
        assertThat(leakOf(() -> {
                    var group = AsynchronousChannelGroup.withFixedThreadPool(
                            1, Thread.ofPlatform().daemon().factory());
                    return group::shutdownNow;
                }))
                .isEqualTo("CHANNEL_GROUP asynchronous channel group (epoll #, pipe #, pipe #)");
    }

    @Test
    void http_client() throws Exception {
        assertThat(leakOf(HttpClient::newHttpClient)).isEqualTo("SELECTOR selector (epoll #, eventfd #)");
    }

    @Test
    void http_server() throws Exception {
        DescriptorSnapshot before = BRIEF.snapshot();
        DescriptorSnapshot patientBefore = PATIENT.snapshot();
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        server.start();
        int port = server.getAddress().getPort();
        try {
            assertThat(BRIEF.opened(before))
                    .extracting(leak -> leak.kind() + " " + shape(leak))
                    .containsExactlyInAnyOrder(
                            "SERVER_SOCKET # -> TCP socket listening on 127.0.0.1:" + port,
                            "SELECTOR selector (epoll #, eventfd #) watching #");
        } finally {
            server.stop(0);
        }
        assertThat(PATIENT.opened(patientBefore)).isEmpty();
    }

    @Test
    void child_process() throws Exception {
        long[] pid = new long[1];
        assertThat(leakOf(() -> {
                    Process process = new ProcessBuilder("sleep", "60").start();
                    pid[0] = process.pid();
                    return () -> process.destroyForcibly().waitFor();
                }))
                .isEqualTo("CHILD_PROCESS child process " + pid[0] + " sleep (pipes #, #, #)");
    }

    private Path zip(String name) throws IOException {
        Path path = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("entry"));
        }
        return path;
    }

    /** Opens, looks, closes and looks again; gives the kind and shape of the one thing found. */
    private static String leakOf(Callable<? extends AutoCloseable> opener) throws Exception {
        DescriptorSnapshot before = BRIEF.snapshot();
        DescriptorSnapshot patientBefore = PATIENT.snapshot();
        AutoCloseable resource = opener.call();
        List<LeakedDescriptor> found;
        try {
            found = BRIEF.opened(before);
        } finally {
            resource.close();
        }
        assertThat(PATIENT.opened(patientBefore)).as("after close").isEmpty();
        assertThat(found).hasSize(1);
        return found.getFirst().kind() + " " + shape(found.getFirst());
    }

    /** The description with # for each of the finding's own numbers. */
    private static String shape(LeakedDescriptor leak) {
        String shape = leak.description();
        for (int number : leak.numbers()) {
            assertThat(shape).containsPattern("\\b" + number + "\\b");
            shape = shape.replaceFirst("\\b" + number + "\\b", "#");
        }
        return shape.replaceFirst("watching \\d+$", "watching #");
    }
}
