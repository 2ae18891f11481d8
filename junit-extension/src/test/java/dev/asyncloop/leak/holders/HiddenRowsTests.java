package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LibraryArchive;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** Each row of what is hidden, with a class of such a name: neither its static fields nor its objects hold anything. */
@Timeout(60)
class HiddenRowsTests {

    private static final String HELD = "OF_RUN STATIC kept";

    @TempDir
    private Path folder;

    private FileInputStream file;

    @BeforeEach
    void open() throws IOException {
        file = new FileInputStream(
                Path.of(System.getProperty("java.home"), "release").toFile());
    }

    @AfterEach
    void close() throws IOException {
        Ours.kept = null;
        file.close();
    }

    /** A class of the project. */
    static class Ours {
        static Object kept;
    }

    static class Box {
        Object value;
    }

    private Object box() {
        Box box = new Box();
        box.value = file;
        return box;
    }

    private String who() {
        return Asking.in(HiddenRowsTests.class).who(file);
    }

    /** A loader of a class of that name, with a static field and one of its objects. */
    private URLClassLoader library(String type, String field) throws IOException {
        String outer = type.split("\\$")[0];
        String name = type.substring(type.lastIndexOf('.') + 1);
        String members = "{ public static Object kept; public Object " + field + "; }";
        String nested = name.contains("$")
                ? " { public static class " + name.substring(name.indexOf('$') + 1) + members + " }"
                : members;
        return LibraryArchive.of(
                folder,
                Map.of(
                        outer,
                        "package " + outer.substring(0, outer.lastIndexOf('.')) + "; public class "
                                + name.split("\\$")[0] + nested));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.junit.",
                "org.opentest4j.",
                "org.apache.maven.surefire.",
                "org.gradle.",
                "com.intellij.rt.",
                "org.eclipse.jdt.internal.junit.",
                "org.mockito.",
                "net.bytebuddy.",
                "com.tngtech.archunit.",
                "ch.qos.logback.",
                "org.apache.logging.",
                "org.slf4j.",
                "org.apache.commons.logging.",
                "org.jboss.logging.",
                "org.jboss.logmanager.",
                "org.springframework.boot.SpringApplicationShutdownHook",
                "org.springframework.boot.LoggingShutdownHook",
                "org.eclipse.jetty.util.thread.ShutdownThread",
                "org.eclipse.jetty.util.component.AbstractLifeCycle$Shutdown",
                "org.apache.tomcat.util.modeler.Registry",
                "io.micrometer.core.instrument.Metrics",
                "io.micrometer.core.instrument.composite.",
                "io.netty.util.internal.InternalThreadLocalMap",
                "io.vertx.pgclient.impl.codec.CloseConnectionCommandCodec"
            })
    void neither_static_fields_nor_objects_of_it_hold_anything(String row) throws Exception {
        assertThat(whoWith(row.endsWith(".") ? row + "Some" : row)).containsExactly(NOBODY, NOBODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.junits.Some", "com.example.ch.qos.Some", "org.springframework.boot.Some"})
    void others_do(String near) throws Exception {
        assertThat(whoWith(near)).containsExactly(HELD, HELD);
    }

    /** Who holds the file if a static field of the class has it, and then if one of the project has an object with it. */
    private List<String> whoWith(String type) throws Exception {
        try (URLClassLoader loader = library(type, "field")) {
            Class<?> library = Class.forName(type, true, loader);
            library.getField("kept").set(null, box());
            String byStatic = who();
            library.getField("kept").set(null, null);
            Object object = library.getDeclaredConstructor().newInstance();
            library.getField("field").set(object, file);
            Ours.kept = object;
            return List.of(byStatic, who());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "okhttp3.internal.concurrent.TaskRunner, readyQueues",
        "okhttp3.internal.concurrent.TaskRunner, busyQueues"
    })
    void such_a_field_holds_nothing_and_others_of_the_class_do(String type, String field) throws Exception {
        try (URLClassLoader loader = library(type, field + ", other")) {
            Object object = loader.loadClass(type).getDeclaredConstructor().newInstance();
            Ours.kept = object;
            object.getClass().getField(field).set(object, file);
            assertThat(who()).isEqualTo(NOBODY);
            object.getClass().getField("other").set(object, file);
            assertThat(who()).isEqualTo(HELD);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "org.springframework.test.context.cache.DefaultContextCache, OF_RUN STATIC kept",
        "org.springframework.test.context.cache.Some, nobody"
    })
    void the_collections_of_a_holder_are_more_than_lists(String type, String whose) throws Exception {
        try (URLClassLoader loader = library(type, "field")) {
            Class<?> library = Class.forName(type, true, loader);
            Object object = library.getDeclaredConstructor().newInstance();
            library.getField("field").set(object, List.of(file));
            library.getField("kept").set(null, object);
            assertThat(who()).isEqualTo(whose);
        }
    }

    /** It remembers what it was called with. */
    @Test
    void a_mock_does_not_hold_its_arguments() {
        Comparable<Object> mock = Mockito.mock();
        assertThat(mock.compareTo(file)).isZero();
        Ours.kept = mock;
        assertThat(who()).isEqualTo(NOBODY);
    }
}
