package dev.asyncloop.samples.holders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statics of a library: one that is compiled to an archive, as libraries are. */
class LibraryTests {

    private static final Map<String, String> LIBRARY = Map.of("Registry", """
        import java.io.FileInputStream;
        import java.util.HashSet;
        import java.util.Set;
        import java.util.concurrent.Callable;

        public class Registry implements Callable<Object> {
            static final Set<Object> ALL = new HashSet<>();
            Object file;

            public Object call() throws Exception {
                ALL.add(this);
                return file = new FileInputStream("/etc/hostname");
            }
        }
        """, "Shared", """
        import java.io.FileInputStream;
        import java.util.concurrent.Callable;

        public class Shared implements Callable<Object> {
            static final Shared INSTANCE = new Shared();
            Object file;

            public Object call() throws Exception {
                return INSTANCE.file = new FileInputStream("/etc/hostname");
            }
        }
        """);

    @TempDir
    private static Path folder;

    /** It was there before the tests. */
    private static URLClassLoader library;

    @BeforeAll
    static void compile() throws IOException {
        Path archive = folder.resolve("library.jar");
        try (OutputStream file = Files.newOutputStream(archive);
                JarOutputStream jar = new JarOutputStream(file)) {
            for (String name : LIBRARY.keySet()) {
                Path source = Files.writeString(folder.resolve(name + ".java"), LIBRARY.get(name));
                assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", source.toString()))
                        .isZero();
                jar.putNextEntry(new JarEntry(name + ".class"));
                Files.copy(folder.resolve(name + ".class"), jar);
            }
        }
        library = loader();
    }

    @AfterAll
    static void close() throws IOException {
        library.close();
    }

    private static URLClassLoader loader() throws IOException {
        return new URLClassLoader(
                new URL[] {folder.resolve("library.jar").toUri().toURL()}, null);
    }

    private static void open(ClassLoader loader, String type) throws Exception {
        Callable<?> opens =
                (Callable<?>) loader.loadClass(type).getDeclaredConstructor().newInstance();
        assertThat(opens.call()).isNotNull();
    }

    static class InAListOfAllThatThereAre {
        @Test
        void leaves_it() throws Exception {
            open(library, "Registry");
        }
    }

    @Test
    void the_test_is_blamed_for_what_a_library_only_lists() {
        assertThat(Blame.of(InAListOfAllThatThereAre.class)).containsOnlyKeys("leaves_it");
    }

    static class InTheOneObjectOfAClass {
        @Test
        void keeps_it() throws Exception {
            open(library, "Shared");
        }
    }

    @Test
    void nobody_is_blamed_for_what_the_object_of_a_library_keeps() {
        assertThat(Blame.of(InTheOneObjectOfAClass.class)).isEmpty();
    }

    static class OfALoaderThatTheTestMade {
        @Test
        void leaves_it() throws Exception {
            open(loader(), "Shared");
        }
    }

    @Test
    void the_test_is_blamed_for_statics_of_classes_that_it_loaded() {
        assertThat(Blame.of(OfALoaderThatTheTestMade.class)).containsOnlyKeys("leaves_it");
    }
}
