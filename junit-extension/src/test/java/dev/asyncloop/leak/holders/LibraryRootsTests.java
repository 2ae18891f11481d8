package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LibraryArchive;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A static field of a library holds what its object has, but not what is in a list of everything of a kind. */
@Timeout(60)
class LibraryRootsTests {

    private static final String HELD = "OF_RUN STATIC kept";

    @TempDir
    private static Path folder;

    private static URLClassLoader loader;
    private static Class<?> library;
    private FileInputStream file;

    @BeforeAll
    static void load() throws Exception {
        loader = LibraryArchive.of(folder, Map.of("lib.Shared", """
            package lib;

            public class Shared {
                public static Object kept;
                public static Object other;
                public Object field;

                public static class Register {
                    public static final Register INSTANCE = new Register();
                    public Object all;
                }

                public static Object register(Object all) {
                    Register.INSTANCE.all = all;
                    return Register.INSTANCE;
                }

                public static Object with(Object value) {
                    Shared shared = new Shared();
                    shared.field = value;
                    return shared;
                }

                public static ThreadLocal<Object> local(Object value) {
                    return new ThreadLocal<>() {
                        private final Object kept = value;
                    };
                }
            }
            """));
        library = Class.forName("lib.Shared", true, loader);
    }

    @AfterAll
    static void unload() throws IOException {
        loader.close();
    }

    @BeforeEach
    void open() throws IOException {
        file = new FileInputStream(
                Path.of(System.getProperty("java.home"), "release").toFile());
    }

    @AfterEach
    void close() throws Exception {
        file.close();
        Ours.kept = null;
        library.getField("kept").set(null, null);
        OursToo.kept = null;
        library.getField("other").set(null, null);
    }

    /** A class of the project. */
    static class Ours {
        static Object kept;
    }

    /** Another, of which nobody knows yet that it holds things. */
    static class OursToo {
        static Object kept;
    }

    private static Object with(Object field) throws Exception {
        return library.getMethod("with", Object.class).invoke(null, field);
    }

    /** Who holds the file if the library, or else the project, has {@code value} in a static field. */
    private List<String> who(Object value) throws Exception {
        library.getField("kept").set(null, value);
        String ofLibrary = Asking.in(LibraryRootsTests.class).who(file);
        library.getField("kept").set(null, null);
        Ours.kept = value;
        String ofProject = Asking.in(LibraryRootsTests.class).who(file);
        Ours.kept = null;
        return List.of(ofLibrary, ofProject);
    }

    @Test
    void an_object_of_a_library_holds_what_its_fields_have() throws Exception {
        assertThat(who(with(file))).containsExactly(HELD, HELD);
        assertThat(who(with(with(file)))).containsExactly(HELD, HELD);
    }

    @Test
    void a_collection_of_a_library_holds_nothing_and_one_of_the_project_does() throws Exception {
        assertThat(who(List.of(file))).containsExactly(NOBODY, HELD);
        assertThat(who(new ArrayList<>(List.of(with(file))))).containsExactly(NOBODY, HELD);
        assertThat(who(new LinkedHashSet<>(Set.of(file)))).containsExactly(NOBODY, HELD);
        assertThat(who(new HashMap<>(Map.of("a", file)))).containsExactly(NOBODY, HELD);
        assertThat(who(new Object[] {file})).containsExactly(NOBODY, HELD);
    }

    @Test
    void nor_does_a_collection_that_is_a_field_of_such_an_object() throws Exception {
        assertThat(who(with(List.of(file)))).containsExactly(NOBODY, HELD);
        assertThat(who(with(Map.of("a", file)))).containsExactly(NOBODY, HELD);
        assertThat(who(with(new Object[] {file}))).containsExactly(NOBODY, HELD);
        assertThat(who(with(with(List.of(file)))))
                .as("one that is further away is a pool")
                .containsExactly(HELD, HELD);
    }

    /** As the resolvers of Netty, which every event loop leads to that has used them. */
    @Test
    void nor_does_one_of_a_singleton_that_is_reached_from_elsewhere() throws Exception {
        Object register = library.getMethod("register", Object.class).invoke(null, List.of(file));
        assertThat(who(with(with(register)))).containsExactly(NOBODY, NOBODY);
        library.getMethod("register", Object.class).invoke(null, file);
        assertThat(who(with(with(register)))).containsExactly(HELD, HELD);
    }

    @Test
    void a_thread_local_of_a_library_holds_nothing() throws Exception {
        Object local = library.getMethod("local", Object.class).invoke(null, file);
        assertThat(who(local)).containsExactly(NOBODY, HELD);
    }

    @Test
    void the_project_is_asked_before_libraries() throws Exception {
        OursToo.kept = List.of(file);
        library.getField("other").set(null, with(file));
        assertThat(Asking.in(LibraryRootsTests.class).held(file).holder())
                .asString()
                .contains("Ours");
    }
}
