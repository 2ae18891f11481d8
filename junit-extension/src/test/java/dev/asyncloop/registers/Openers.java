package dev.asyncloop.registers;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** All ways to open a descriptor, each on a line of its own. */
final class Openers {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Path directory;
    private final Path subdirectory;
    private final Path file;
    private final Path zip;

    /** One way, and where it stands in the source. */
    record Opener(String name, int line, Callable<? extends AutoCloseable> action) {

        AutoCloseable open() throws Exception {
            return action.call();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    Openers(Path directory) throws IOException {
        this.directory = directory;
        this.subdirectory = Files.createDirectory(directory.resolve("subdirectory"));
        this.file = Files.createFile(directory.resolve("file"));
        this.zip = directory.resolve("archive.zip");
        try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(zip))) {
            archive.putNextEntry(new ZipEntry("entry"));
        }
    }

    Opener fileInputStream() {
        return opener("FileInputStream", () -> new FileInputStream(file.toFile()));
    }

    Path archive() {
        return zip;
    }

    Opener missingFile() {
        return opener(
                "missing file",
                () -> new FileInputStream(directory.resolve("missing").toFile()));
    }

    Opener socketChannel() {
        return opener("SocketChannel", () -> SocketChannel.open());
    }

    List<Opener> all() {
        return List.of(
                fileInputStream(),
                opener("FileOutputStream", () -> new FileOutputStream(file.toFile())),
                opener("RandomAccessFile", () -> new RandomAccessFile(file.toFile(), "r")),
                opener("FileChannel", () -> FileChannel.open(file)),
                opener("AsynchronousFileChannel", () -> AsynchronousFileChannel.open(file)),
                opener("Files.newInputStream", () -> Files.newInputStream(file)),
                opener("Files.lines", () -> Files.lines(file)),
                opener("ZipFile", () -> new ZipFile(zip.toFile())),
                opener("zip file system", () -> FileSystems.newFileSystem(zip)),
                opener("Files.list", () -> Files.list(directory)),
                opener("Files.newDirectoryStream", () -> Files.newDirectoryStream(directory)),
                opener("SecureDirectoryStream", () -> streamWithinStream()),
                opener("ServerSocket", () -> new ServerSocket(0, 1, LOOPBACK)),
                opener("accepted Socket", () -> acceptedSocket()),
                socketChannel(),
                opener("ServerSocketChannel", () -> ServerSocketChannel.open()),
                opener("accepted SocketChannel", () -> acceptedChannel()),
                opener("Unix domain SocketChannel", () -> SocketChannel.open(StandardProtocolFamily.UNIX)),
                opener("accepted Unix domain SocketChannel", () -> acceptedUnixDomainChannel()),
                opener("DatagramChannel", () -> DatagramChannel.open()),
                opener("DatagramSocket", () -> new DatagramSocket(0, LOOPBACK)),
                opener("AsynchronousSocketChannel", () -> AsynchronousSocketChannel.open()),
                opener("accepted AsynchronousSocketChannel", () -> acceptedAsynchronousChannel()),
                opener("AsynchronousChannelGroup", () -> channelGroup()),
                opener("Pipe", () -> pipe()),
                opener("Selector", () -> Selector.open()),
                opener("WatchService", () -> FileSystems.getDefault().newWatchService()),
                opener("process pipes", () -> childProcess()));
    }

    private static Opener opener(String name, Callable<? extends AutoCloseable> action) {
        return new Opener(name, new Throwable().getStackTrace()[1].getLineNumber(), action);
    }

    /** What is closed together, the last first. */
    private static AutoCloseable together(AutoCloseable... parts) {
        return () -> {
            for (AutoCloseable part : List.of(parts).reversed()) {
                part.close();
            }
        };
    }

    private AutoCloseable streamWithinStream() throws IOException {
        DirectoryStream<Path> outer = Files.newDirectoryStream(directory);
        return together(outer, ((SecureDirectoryStream<Path>) outer).newDirectoryStream(subdirectory.getFileName()));
    }

    private static AutoCloseable acceptedSocket() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        return together(server, new Socket(LOOPBACK, server.getLocalPort()), server.accept());
    }

    private static AutoCloseable acceptedChannel() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        return together(server, SocketChannel.open(server.getLocalAddress()), server.accept());
    }

    private AutoCloseable acceptedUnixDomainChannel() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        AutoCloseable socketFile = () -> Files.delete(address.getPath());
        return together(socketFile, server, SocketChannel.open(address), server.accept());
    }

    private static AutoCloseable acceptedAsynchronousChannel() throws Exception {
        AsynchronousServerSocketChannel server =
                AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open();
        client.connect(server.getLocalAddress()).get();
        return together(server, client, server.accept().get());
    }

    private static AutoCloseable channelGroup() throws IOException {
        AsynchronousChannelGroup group = AsynchronousChannelGroup.withFixedThreadPool(
                1, Thread.ofPlatform().daemon().factory());
        return () -> {
            group.shutdownNow();
            group.awaitTermination(10, TimeUnit.SECONDS);
        };
    }

    private static AutoCloseable pipe() throws IOException {
        Pipe pipe = Pipe.open();
        return together(pipe.source(), pipe.sink());
    }

    private static AutoCloseable childProcess() throws IOException {
        Process process = new ProcessBuilder("cat").start();
        AutoCloseable end = () -> process.destroyForcibly().waitFor();
        return together(end, process.getInputStream(), process.getErrorStream(), process.getOutputStream());
    }
}
