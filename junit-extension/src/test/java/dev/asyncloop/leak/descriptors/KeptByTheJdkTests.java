package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK keeps in tables of its own: whose it is, and whether somebody still has to close it. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class KeptByTheJdkTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    /** Each asks another host, so that none gets the connection of another. */
    private static final AtomicInteger HOST = new AtomicInteger(1);

    private static HttpServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() throws IOException {
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue(); // with the agent that LEFT has attached
        server = HttpServer.create(new InetSocketAddress(0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes());
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static String found(ThrowingRunnable body) {
        return String.join(
                "\n",
                Leaks.find("job", body).stream()
                        .map(leak -> leak.kind() + " " + leak)
                        .toList());
    }

    private URLClassLoader loader() throws IOException {
        URLClassLoader loader = new URLClassLoader(archive());
        LEFT.add(loader);
        return loader;
    }

    private URL[] archive() throws IOException {
        Path jar = folder.resolve("orders.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("orders.txt"));
        }
        return new URL[] {jar.toUri().toURL()};
    }

    @Test
    void a_class_loader_that_holds_an_archive_open_is_found_where_it_was_made() {
        assertThat(found(() -> assertThat(loader().findResource("orders.txt")).isNotNull()))
                .startsWith("file-descriptor unclosed URLClassLoader, which holds open " + folder)
                .contains(getClass().getName() + ".loader(");
    }

    @Test
    void one_without_a_name_goes_by_its_superclass() {
        assertThat(found(() -> {
                    URLClassLoader loader = new URLClassLoader(archive()) {};
                    LEFT.add(loader);
                    assertThat(loader.findResource("orders.txt")).isNotNull();
                }))
                .startsWith("file-descriptor unclosed URLClassLoader, which holds open " + folder);
    }

    @Test
    void so_is_one_that_was_asked_for_services_in_a_thread() {
        assertThat(found(() -> {
                    URLClassLoader loader = loader();
                    Thread.ofPlatform()
                            .start(() ->
                                    ServiceLoader.load(Executor.class, loader).findFirst())
                            .join();
                }))
                .startsWith("file-descriptor unclosed URLClassLoader");
    }

    @Test
    void one_that_was_closed_or_has_opened_nothing_or_what_the_jvm_has_open_is_none() {
        assertThat(found(() -> {
                    try (URLClassLoader loader = loader()) {
                        assertThat(loader.findResource("orders.txt")).isNotNull();
                    }
                }))
                .isEmpty();
        assertThat(found(this::loader)).isEmpty();
        assertThat(found(() -> {
                    URL library =
                            Test.class.getProtectionDomain().getCodeSource().getLocation();
                    URLClassLoader loader = new URLClassLoader(new URL[] {library}, null);
                    LEFT.add(loader);
                    assertThat(loader.loadClass(Test.class.getName())).isNotSameAs(Test.class);
                }))
                .isEmpty();
    }

    private static URL url() throws IOException {
        return URI.create("http://127.0.0." + HOST.incrementAndGet() + ":"
                        + server.getAddress().getPort() + "/")
                .toURL();
    }

    private static InputStream open() throws IOException {
        InputStream response = url().openStream();
        LEFT.add(response);
        return response;
    }

    @Test
    void a_response_that_nobody_reads_or_closes_is_found() {
        assertThat(found(KeptByTheJdkTests::open))
                .startsWith("file-descriptor open file descriptor ")
                .contains(getClass().getName() + ".open(", "close the stream of the response or read it to its end");
        assertThat(found(() -> {
                    HttpURLConnection connection = (HttpURLConnection) url().openConnection();
                    LEFT.add(connection::disconnect);
                    assertThat(connection.getResponseCode()).isEqualTo(200);
                }))
                .startsWith("file-descriptor open file descriptor ");
    }

    @Test
    void one_that_was_read_or_closed_is_none_though_its_connection_is_kept() {
        assertThat(found(() -> assertThat(open().readAllBytes()).hasSize(2))).isEmpty();
        assertThat(found(() -> open().close())).isEmpty();
        assertThat(found(() -> {
                    HttpURLConnection connection = (HttpURLConnection) url().openConnection();
                    assertThat(connection.getResponseCode()).isEqualTo(200);
                    connection.disconnect();
                }))
                .isEmpty();
    }

    private static Executor inAnHour() {
        return CompletableFuture.delayedExecutor(1, TimeUnit.HOURS);
    }

    @Test
    void a_command_of_a_delayed_executor_that_is_not_due_is_found() {
        Stream<ThrowingRunnable> bodies = Stream.of(
                () -> LEFT.add(cancelling(CompletableFuture.runAsync(() -> {}, inAnHour()))),
                () -> LEFT.add(cancelling(CompletableFuture.supplyAsync(() -> 1, inAnHour()))),
                () -> LEFT.add(cancelling(CompletableFuture.completedFuture(1).thenRunAsync(() -> {}, inAnHour()))));
        bodies.forEach(body -> assertThat(found(body))
                .startsWith("pending-timer pending command of CompletableFuture.delayedExecutor")
                .contains(getClass().getName()));
    }

    private static AutoCloseable cancelling(CompletableFuture<?> future) {
        return () -> future.cancel(true);
    }

    @Test
    void one_whose_future_is_done_or_that_is_due_soon_is_none() {
        assertThat(found(() -> CompletableFuture.runAsync(() -> {}, inAnHour()).cancel(true)))
                .isEmpty();
        assertThat(found(
                        () -> CompletableFuture.supplyAsync(() -> 1, inAnHour()).complete(2)))
                .isEmpty();
        assertThat(found(() -> CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
                        .execute(() -> {})))
                .isEmpty();
    }
}
