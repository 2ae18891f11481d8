package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.testing.LibraryArchive;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
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
import java.util.function.Supplier;
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

    private static final AtomicBoolean FAILS = new AtomicBoolean(true);

    static class Failed {
        static Object kept = new Object();
        static final int NUMBER = number();

        private static int number() {
            if (FAILS.get()) {
                throw new IllegalStateException("it is to fail");
            }
            return 1;
        }
    }

    @Test
    void a_class_whose_initialiser_failed_holds_nothing() {
        assertThatThrownBy(() -> Failed.kept = file).isInstanceOf(ExceptionInInitializerError.class);
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

    record Pair(Object one, Object other) {}

    enum Constant {
        ONLY;

        Object kept;
    }

    interface Constants {
        List<Object> LIST = new ArrayList<>();
    }

    static class Plain implements Supplier<Object> {
        Object kept;

        @Override
        public Object get() {
            return kept;
        }
    }

    @Test
    void objects_of_all_sorts_of_classes_hold_things() throws Exception {
        FileInputStream captured = file;
        Supplier<Object> lambda = () -> captured;
        Object anonymous = new Object() {
            private final Object kept = captured;
        };
        for (Object each : List.of(
                lambda, anonymous, new Pair(null, file), new Object[][] {{null}, {file}}, List.of(file), hidden())) {
            Statics.any = each;
            assertThat(who()).as(each.getClass().getName()).isEqualTo("OF_CLASS STATIC any");
        }
    }

    /** An object of a hidden class that has the file. */
    private Object hidden() throws Exception {
        byte[] bytes =
                Plain.class.getResourceAsStream("BadInputTests$Plain.class").readAllBytes();
        Class<?> type = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
        Object object = type.getDeclaredConstructor().newInstance();
        Field kept = type.getDeclaredField("kept");
        kept.set(object, file);
        assertThat(type.isHidden()).isTrue();
        return object;
    }

    @Test
    void constants_of_enums_and_interfaces_hold_things() {
        Constant.ONLY.kept = file;
        assertThat(who()).isEqualTo("OF_RUN STATIC ONLY");
        Constant.ONLY.kept = null;
        Constants.LIST.add(file);
        assertThat(who()).isEqualTo("OF_RUN STATIC LIST");
        Constants.LIST.clear();
        assertThat(who()).isEqualTo(NOBODY);
    }

    /** All of its methods fail, and say so. */
    static class Hostile extends ArrayList<Object> implements AutoCloseable {
        static final AtomicBoolean CALLED = new AtomicBoolean();

        final Object kept;

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
