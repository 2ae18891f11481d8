package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.testing.LibraryArchive;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The search meets classes and objects of all sorts. It throws nothing, initialises no class and calls nobody's code. */
@Timeout(60)
class BadInputTests {

    private FileInputStream file;

    @BeforeEach
    void open() throws IOException {
        file = new FileInputStream(
                Path.of(System.getProperty("java.home"), "release").toFile());
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        Statics.any = null;
    }

    /** The last field that is asked, so that all else was seen before. */
    static class Statics {
        static Object any;
    }

    private String who() {
        return Asking.in(Statics.class).who(file);
    }

    /** What a class has made before it failed, which nobody can get at. */
    private static Object made;

    static class Failed {
        static Object kept = made;
        static final int NUMBER = 1 / zero();

        private static int zero() {
            return 0;
        }
    }

    @Test
    void a_class_whose_initialiser_failed_holds_nothing() {
        made = file;
        assertThatThrownBy(() -> Failed.kept = "").isInstanceOf(ExceptionInInitializerError.class);
        made = null;
        assertThat(Asking.in(Failed.class).who(file)).isEqualTo(NOBODY);
    }

    private static final AtomicBoolean INITIALISED = new AtomicBoolean();

    static class Sleeping {
        static Object kept = new Object();

        static {
            INITIALISED.set(true);
        }
    }

    @Test
    void a_class_that_is_not_initialised_stays_so() {
        assertThat(Asking.in(Sleeping.class).who(file)).isEqualTo(NOBODY);
        assertThat(INITIALISED).isFalse();
        assertThat(Sleeping.kept).isNotNull();
        assertThat(INITIALISED).isTrue();
    }

    @Test
    void a_field_whose_type_cannot_be_loaded_makes_its_class_say_nothing(@TempDir Path folder) throws Exception {
        URLClassLoader all = LibraryArchive.of(
                folder,
                Map.of("Broken", "public class Broken { public static Object kept; Missing gone; }", "Missing", """
                    public class Missing {}
                    """));
        try (URLClassLoader without = new Without(all)) {
            Class<?> broken = Class.forName("Broken", true, without);
            Field kept = broken.getField("kept");
            kept.set(null, file);
            assertThatThrownBy(broken::getDeclaredFields).isInstanceOf(NoClassDefFoundError.class);
            Statics.any = broken.getDeclaredConstructor().newInstance();
            assertThat(Asking.in(broken).who(file)).isEqualTo(NOBODY);
            Statics.any = List.of(Statics.any, file);
            assertThat(who()).isEqualTo("OF_CLASS STATIC any");
        }
        all.close();
    }

    /** Has the classes of an archive but one. */
    private static class Without extends URLClassLoader {
        Without(URLClassLoader all) {
            super(all.getURLs(), all.getParent());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals("Missing")) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }

    /** All of its methods fail, and say so. */
    static class Hostile extends ArrayList<Object> implements AutoCloseable {
        private static final long serialVersionUID = 1L;
        static final AtomicBoolean CALLED = new AtomicBoolean();

        final transient Object kept;

        Hostile(Object kept) {
            this.kept = kept;
        }

        private static IllegalStateException called() {
            CALLED.set(true);
            return new IllegalStateException("nobody may call this");
        }

        @Override
        public boolean equals(Object other) {
            throw called();
        }

        @Override
        public int hashCode() {
            throw called();
        }

        @Override
        public String toString() {
            throw called();
        }

        @Override
        public Iterator<Object> iterator() {
            throw called();
        }

        @Override
        public int size() {
            throw called();
        }

        @Override
        public void close() {
            throw called();
        }
    }

    @Test
    void no_code_of_an_object_is_called_whether_it_holds_or_is_held() {
        Hostile inner = new Hostile(file);
        Object[] both = {new Hostile(null), inner};
        Statics.any = both;
        assertThat(who()).isEqualTo("OF_CLASS STATIC any");
        assertThat(Asking.in(Statics.class).who(inner)).isEqualTo("OF_CLASS STATIC any");
        assertThat(Asking.in(Statics.class).sharing(inner).ending(both[0]).who(file))
                .isEqualTo("OF_CLASS INSTANCE");
        assertThat(Hostile.CALLED).isFalse();
    }

    @Test
    void what_another_thread_changes_all_the_time_is_searched_as_well() throws Exception {
        Map<Object, Object> changing = new HashMap<>();
        Statics.any = List.of(changing, file);
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean end = new AtomicBoolean();
        Thread changes = Thread.ofPlatform().start(() -> {
            for (int i = 0; !end.get(); i++) {
                changing.put(i % 5_000, new ArrayList<>(List.of(i)));
                changing.remove(i * 31 % 5_000);
                started.countDown();
            }
        });
        started.await();
        for (int i = 0; i < 20; i++) {
            assertThat(who()).isEqualTo("OF_CLASS STATIC any");
        }
        end.set(true);
        changes.join();
    }

    @Test
    void a_thread_has_its_task_before_it_runs_and_after_its_end() throws Exception {
        FileInputStream captured = file;
        Thread thread = Thread.ofPlatform().unstarted(() -> assertThat(captured).isNotNull());
        Statics.any = thread;
        assertThat(who()).isEqualTo("OF_CLASS STATIC any");
        thread.start();
        thread.join();
        assertThat(who()).isEqualTo("OF_CLASS STATIC any");
    }
}
