package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Shutdown hooks, shared arenas, recordings and JMX connector servers at the end of a test. */
@Timeout(60)
class ResourceLeakTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static String at(String method, String marker) throws IOException {
        return Line.of(ResourceLeakTests.class, method, marker);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Hook {
        @Test
        void ships() {
            Thread hook = new Thread(() -> {}, "store-apples");
            Runtime.getRuntime().addShutdownHook(hook); // hook
            LEFT.add(() -> Runtime.getRuntime().removeShutdownHook(hook));
        }
    }

    @Test
    void a_shutdown_hook_is_told() throws IOException {
        assertThat(Warnings.of(Hook.class)).containsExactly("""
            ResourceLeakTests.Hook.ships() left 1 thing behind
              1. shutdown hook "store-apples"
                   created  %s
                   fix      remove it by Runtime.removeShutdownHook when the test is done\
            """.formatted(at("$Hook.ships", "hook")));
    }

    /** Its class initialiser adds a hook, as that of a library does. */
    private static final class Library {
        static final Thread HOOK = new Thread(() -> {}, "library");

        static {
            Runtime.getRuntime().addShutdownHook(HOOK);
        }

        private Library() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class CleanHook {
        private static Thread shared;

        @Test
        void removes_it() {
            Thread hook = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
        }

        @Test
        void needs_a_library_first() {
            LEFT.add(() -> Runtime.getRuntime().removeShutdownHook(Library.HOOK));
            assertThat(Library.HOOK.isAlive()).isFalse();
        }

        @Test
        void adds_that_of_the_class() {
            shared = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(shared);
        }

        @AfterAll
        static void remove_that_of_the_class() {
            Runtime.getRuntime().removeShutdownHook(shared);
            shared = null;
        }
    }

    @Test
    void a_shutdown_hook_that_was_removed_or_that_a_class_initialiser_added_is_not_told() {
        assertThat(Warnings.of(CleanHook.class)).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Jfr {
        @Test
        void records() {
            Recording recording = new Recording(); // recording
            recording.start();
            recording.stop();
            LEFT.add(recording);
        }

        @Test
        void streams() {
            LEFT.add(new RecordingStream()); // stream
        }
    }

    @Test
    void a_recording_is_told() throws IOException {
        assertThat(Warnings.of(Jfr.class))
                .containsExactlyInAnyOrder(
                        """
                        ResourceLeakTests.Jfr.records() left 1 thing behind
                          1. unclosed JFR recording
                               created  %s
                               fix      close it, e.g. with try-with-resources\
                        """.formatted(at("$Jfr.records", "recording")), """
                            ResourceLeakTests.Jfr.streams() left 1 thing behind
                              1. unclosed JFR recording
                                   created  %s
                                   fix      close it, e.g. with try-with-resources\
                            """.formatted(at("$Jfr.streams", "stream")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class CleanJfr {
        @Test
        void records() {
            try (Recording recording = new Recording()) {
                recording.start();
            }
        }

        @Test
        void streams() {
            try (RecordingStream stream = new RecordingStream()) {
                stream.startAsync();
            }
        }
    }

    @Test
    void a_recording_that_was_closed_is_not_told() {
        assertThat(Warnings.of(CleanJfr.class)).isEmpty();
    }

    private static JMXConnectorServer startConnector() throws IOException {
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), null, ManagementFactory.getPlatformMBeanServer());
        server.start(); // connector
        return server;
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Jmx {
        @Test
        void ships() throws IOException {
            LEFT.add(startConnector()::stop);
        }
    }

    @Test
    void a_connector_server_is_told() throws IOException {
        assertThat(Warnings.of(Jmx.class)).containsExactly("""
            ResourceLeakTests.Jmx.ships() left 1 thing behind
              1. running JMX connector server
                   created  %s
                   fix      stop it\
            """.formatted(at(".startConnector", "connector")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class CleanJmx {
        @Test
        void ships() throws IOException {
            startConnector().stop();
        }
    }

    @Test
    void a_connector_server_that_was_stopped_is_not_told() {
        assertThat(Warnings.of(CleanJmx.class)).isEmpty();
    }

    /** An arena; in JDK 21 there is a preview of them only. */
    private static final class Arenas {

        private Arenas() {}

        static AutoCloseable shared() {
            return make("ofShared");
        }

        static AutoCloseable make(String factory) {
            try {
                return (AutoCloseable) Class.forName("java.lang.foreign.Arena")
                        .getMethod(factory)
                        .invoke(null);
            } catch (ReflectiveOperationException old) {
                throw new IllegalStateException(old);
            }
        }

        /** Maps a file into the memory of an arena. */
        static void map(FileChannel file, AutoCloseable arena) throws Exception {
            Class<?> type = Class.forName("java.lang.foreign.Arena");
            Method map = FileChannel.class.getMethod("map", FileChannel.MapMode.class, long.class, long.class, type);
            map.invoke(file, FileChannel.MapMode.READ_ONLY, 0L, file.size(), arena);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class SharedArena {
        @TempDir
        private Path directory;

        @Test
        void maps_a_file() throws Exception {
            Path file = Files.writeString(directory.resolve("apples"), "3");
            AutoCloseable arena = Arenas.shared();
            LEFT.add(arena);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                Arenas.map(channel, arena);
            }
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class LostArena {
        @Test
        void loses_it() {
            Arenas.shared();
            System.gc();
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void a_shared_arena_is_told() {
        assertThat(Warnings.of(SharedArena.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith("""
                            ResourceLeakTests.SharedArena.maps_a_file() left 1 thing behind
                              1. unclosed shared Arena
                                   created  dev.asyncloop.jupiter.ResourceLeakTests$Arenas.make(\
                            """)
                        .endsWith("fix      close it, e.g. with try-with-resources"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void a_shared_arena_is_told_that_nobody_can_close_any_more() {
        assertThat(Warnings.of(LostArena.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning).startsWith("""
                    ResourceLeakTests.LostArena.loses_it() left 1 thing behind
                      1. unclosed shared Arena
                    """));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class CleanArena {
        @Test
        void closes_it() throws Exception {
            try (AutoCloseable arena = Arenas.shared()) {
                assertThat(arena).isNotNull();
            }
        }

        @Test
        void needs_one_that_the_collector_ends() {
            Arenas.make("ofAuto");
            Arenas.make("global");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void an_arena_that_was_closed_or_ends_by_itself_is_not_told() {
        assertThat(Warnings.of(CleanArena.class)).isEmpty();
    }
}
