package dev.asyncloop.leak.descriptors;

import dev.asyncloop.registers.DescriptorOrigins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import net.bytebuddy.agent.ByteBuddyAgent;

/** A program that uses much of the JDK for the first time and prints what was found open after each use. */
final class FirstUses {

    private static final Logger LOGGER = Logger.getLogger("dev.asyncloop");

    private static final Map<String, Use> USES = new LinkedHashMap<>();

    static {
        USES.put("random numbers", () -> new SecureRandom().nextInt());
        USES.put("UUID", UUID::randomUUID);
        USES.put("temporary file", () -> Files.delete(Files.createTempFile("asyncloop", null)));
        USES.put("pipe", () -> {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            pipe.sink().close();
        });
        USES.put("selector", () -> Selector.open().close());
        USES.put("connection", FirstUses::connect);
        USES.put("connection on virtual threads", () -> onVirtualThread(FirstUses::connect));
        USES.put(
                "asynchronous channel",
                () -> AsynchronousServerSocketChannel.open().close());
        USES.put("socket closed under its reader", FirstUses::closeUnderReader);
        USES.put("name resolution", InetAddress::getLocalHost);
        USES.put("time zone", TimeZone::getDefault);
        USES.put("common pool", () -> CompletableFuture.runAsync(() -> {}).get());
        USES.put(
                "delay",
                () -> new CompletableFuture<>()
                        .completeOnTimeout(1, 1, TimeUnit.NANOSECONDS)
                        .get());
        USES.put(
                "watch service",
                () -> FileSystems.getDefault().newWatchService().close());
        USES.put("class path entry", () -> resource("late.txt"));
        USES.put("class path entry of a manifest", () -> resource("later.txt"));
        USES.put("class loader", FirstUses::loadThroughOwnLoader);
        USES.put("TLS", SSLContext::getDefault);
        USES.put("HTTP client", () -> HttpClient.newHttpClient().close());
        USES.put("process", () -> new ProcessBuilder("true").start().waitFor());
        USES.put("attached tool", FirstUses::attach);
        USES.put("flight recording", FirstUses::record);
    }

    private static final Descriptors DESCRIPTORS = Descriptors.ofThisProcess();

    private FirstUses() {}

    @FunctionalInterface
    private interface Use {
        void run() throws Exception;
    }

    static List<String> expectedLines() {
        return USES.keySet().stream().map(use -> use + ": []").toList();
    }

    public static void main(String[] arguments) throws Exception {
        for (String before : arguments) {
            switch (before) {
                case "pollers" -> Class.forName("sun.nio.ch.Poller", true, null);
                case "agent" -> {
                    LOGGER.setLevel(Level.WARNING); // or what is printed here would not be all
                    ByteBuddyAgent.install();
                    DescriptorOrigins.install();
                }
                default -> throw new IllegalArgumentException(before);
            }
        }
        DESCRIPTORS.warmUp();
        for (Map.Entry<String, Use> use : USES.entrySet()) {
            DescriptorSnapshot before = DESCRIPTORS.snapshot();
            use.getValue().run();
            System.out.println(use.getKey() + ": " + DESCRIPTORS.opened(before));
        }
    }

    private static void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Thread writer = Thread.startVirtualThread(() -> {
                try {
                    accepted.getOutputStream().write(1);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            if (client.getInputStream().read() != 1) {
                throw new IOException("not what was written");
            }
            join(writer);
        }
    }

    private static void closeUnderReader() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    client.getInputStream().read();
                } catch (IOException expected) {
                    // it was closed
                }
            });
            client.close();
            reader.join();
        }
    }

    private static void onVirtualThread(Use use) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                use.run();
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        done.get();
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void resource(String name) {
        if (ClassLoader.getSystemResource(name) == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
    }

    private static void loadThroughOwnLoader() throws Exception {
        URI late = ClassLoader.getSystemResource("late.txt").toURI();
        Path jar = Path.of(URI.create(late.getSchemeSpecificPart().replaceFirst("!.*", "")));
        try (URLClassLoader loader =
                new URLClassLoader(new java.net.URL[] {jar.toUri().toURL()}, null)) {
            if (loader.findResource("late.txt") == null) {
                throw new IllegalStateException("not found in " + jar);
            }
        }
    }

    private static void attach() throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (Files.exists(jcmd)) {
            int exit = new ProcessBuilder(
                            jcmd.toString(),
                            Long.toString(ProcessHandle.current().pid()),
                            "VM.uptime")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("jcmd ended with " + exit);
            }
        }
    }

    /** Leaves the recording on, so that its files are open when they are looked for. */
    private static void record() throws Exception {
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            new jdk.jfr.Recording().start();
        }
    }
}
