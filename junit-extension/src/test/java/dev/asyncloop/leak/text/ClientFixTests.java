package dev.asyncloop.leak.text;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LibraryArchive;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which client of a library is to be closed, told by the stack on which it made something. */
class ClientFixTests {

    private static final String INITIALISED = "asyncloop.test.initialised";

    /** One class each, which says so if it is initialised. */
    private static final List<String> SOURCES = List.of(
            "public class Client implements AutoCloseable { @INIT public Client() {} public void close() {} public"
                    + " void send() {} }",
            "public class Template { @INIT public Template() {} public void send() {}"
                    + " public Answer<String> getForAnswer() { return null; } }",
            "public class Answer<T> { @INIT }",
            "public class TemplateBuilder { @INIT public Template build() { return null; } }",
            "public abstract class LifeCycle { @INIT public void start() {} public void stop() {} }",
            "public class Server extends LifeCycle { @INIT protected void doStart() {} }",
            "public class Clients { @INIT public static Client create(String uri) { return null; }"
                    + " public static Client create() { return null; } public static void warmUp() {} }",
            "public abstract class Builder<B, C> { @INIT public C build() { return null; }"
                    + " protected abstract C buildClient(); }",
            "public class ClientBuilder extends Builder<ClientBuilder, Client> {"
                    + " @INIT protected Client buildClient() { return null; } }",
            "public interface Scheduler { void shutdown(); void shutdown(boolean wait); }",
            "public class Schedulers { @INIT public static Scheduler getDefaultScheduler() { return null; } }",
            "class Hidden implements Scheduler { @INIT public void shutdown() {} public void shutdown(boolean wait) {}"
                    + " }",
            "public class Group implements AutoCloseable { @INIT public void shutdownGracefully() {} public void"
                    + " close() {} }",
            "public class Disposables { @INIT public void dispose() {} }",
            "public class Response implements AutoCloseable { @INIT public void close() {} }",
            "public class Call { @INIT public Response execute() { return null; } public Response openResponse() {"
                    + " return null; } public Client executeClient() { return null; } }",
            "public class Driver { @INIT public java.sql.Connection connect() { return null; }"
                    + " public java.io.InputStream openStream() { return null; } }",
            "public class Two { @INIT public static Client make() { return null; } public static Server make(int port)"
                    + " { return null; } }",
            "public class NeedsMissing { @INIT public NeedsMissing() {} public void start(Gone gone) {} public void"
                    + " close() {} }",
            "public class Gone {}");

    @TempDir
    private static Path folder;

    private static URLClassLoader library;

    private ClassLoader before;

    @BeforeAll
    static void make() throws IOException {
        Function<String, String> name = source -> "shop." + source.replaceFirst(".*?(class|interface) (\\w+).*", "$2");
        library = LibraryArchive.of(
                folder,
                SOURCES.stream()
                        .collect(toMap(
                                name,
                                source -> "package shop; "
                                        + source.replace(
                                                "@INIT",
                                                "static { System.setProperty(\"" + INITIALISED + "\", \"it\"); }"))));
    }

    @AfterAll
    static void close() throws IOException {
        library.close();
    }

    @BeforeEach
    void see_the_library() {
        before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(library);
        System.clearProperty(INITIALISED);
    }

    @AfterEach
    void nothing_was_initialised() {
        Thread.currentThread().setContextClassLoader(before);
        assertThat(System.getProperty(INITIALISED)).isNull();
    }

    /** A stack, from the innermost frame of the library outwards, which the test's own code called. */
    private static List<StackTraceElement> stack(String frames) {
        List<StackTraceElement> stack = new ArrayList<>();
        Stream.of(frames.split(" ")).map(ClientFixTests::frame).forEach(stack::add);
        stack.add(new StackTraceElement(ClientFixTests.class.getName(), "test", "OrderTests.java", 41));
        return stack;
    }

    private static StackTraceElement frame(String method) {
        int dot = method.lastIndexOf('.');
        return new StackTraceElement("shop." + method.substring(0, dot), method.substring(dot + 1), "Library.java", 7);
    }

    @CsvSource(
            delimiter = ';',
            value = {
                "Template.send Client.<init>; close the Client that OrderTests.java:41 made",
                "Template.send Client.send; close the Client that OrderTests.java:41 used",
                "Client.<init> Clients.create Clients.create; close the Client that OrderTests.java:41 made",
                "Client.<init> ClientBuilder.buildClient Builder.build; close the Client that OrderTests.java:41 made",
                "Client.send Server.doStart LifeCycle.start; stop the Server that OrderTests.java:41 started",
                "Client.send Server.doStart LifeCycle.start Client.send Client.start LifeCycle.start;"
                        + " stop the LifeCycle that OrderTests.java:41 started",
                "Schedulers.getDefaultScheduler; shut down the Scheduler that OrderTests.java:41 made",
                "Hidden.run; shut down the Scheduler that OrderTests.java:41 used",
                "Group.<init>; shut down the Group that OrderTests.java:41 made",
                "Disposables.<init>; dispose of the Disposables that OrderTests.java:41 made",
                "Driver.connect; close the Connection that OrderTests.java:41 made",
            })
    @ParameterizedTest
    void the_client_is_what_the_called_method_belongs_to_or_makes(String frames, String fix) {
        assertThat(ClientFix.of(stack(frames))).contains(fix);
    }

    @CsvSource({
        "Template.<init>", // cannot be closed
        "Template.send",
        "TemplateBuilder.build",
        "Clients.warmUp", // makes nothing
        "Call.execute", // a response is no client
        "Client.<init> Call.openResponse",
        "Call.executeClient", // no name of a method that makes things
        "Driver.openStream",
        "Two.make", // nobody knows which
        "Nowhere.make"
    })
    @ParameterizedTest
    void nobody_guesses_otherwise(String frames) {
        assertThat(ClientFix.of(stack(frames))).isEmpty();
    }

    @Test
    void what_the_project_made_itself_has_no_client() {
        List<StackTraceElement> own = stack("Client.<init>").subList(1, 2);
        assertThat(ClientFix.of(own)).isEmpty();
        assertThat(ClientFix.of(List.of())).isEmpty();
        assertThat(ClientFix.of(List.of(frame("Client.<init>"))))
                .as("nobody's line")
                .isEmpty();
        assertThat(ClientFix.ofHttpClient(own)).isEqualTo("close the HttpClient, e.g. with try-with-resources");
    }

    @Test
    void a_class_that_cannot_be_read_is_none() throws Exception {
        library.loadClass("shop.NeedsMissing");
        try (URLClassLoader without = new URLClassLoader(library.getURLs(), ClientFixTests.class.getClassLoader()) {
            @Override
            public Class<?> loadClass(String name) throws ClassNotFoundException {
                if (name.equals("shop.Gone")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name);
            }

            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.equals("shop.Gone")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        }) {
            Thread.currentThread().setContextClassLoader(without);
            assertThat(ClientFix.of(stack("NeedsMissing.<init>"))).isEmpty();
        }
    }

    @CsvSource(
            delimiter = ';',
            value = {
                "Client.<init>; close the Client that OrderTests.java:41 made",
                "Template.<init>; give the Template that OrderTests.java:41 made an HttpClient of your own, and close"
                        + " that",
                "Template.<init> TemplateBuilder.build;"
                        + " give the Template that OrderTests.java:41 made an HttpClient of your own, and close that",
                "Template.send; give the Template that OrderTests.java:41 used an HttpClient of your own, and close"
                        + " that",
                "Template.getForAnswer;"
                        + " give the Template that OrderTests.java:41 used an HttpClient of your own, and close that",
                "Clients.warmUp; close the HttpClient, e.g. with try-with-resources",
            })
    @ParameterizedTest
    void what_cannot_be_closed_can_be_given_an_http_client(String frames, String fix) {
        assertThat(ClientFix.ofHttpClient(stack(frames))).isEqualTo(fix);
    }
}
