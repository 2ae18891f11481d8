package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LibraryArchive;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/** Whose a thing is, by the place where it is kept. */
@Timeout(60)
class RootsTests {

    private FileInputStream file;

    @BeforeEach
    void open() throws IOException {
        file = new FileInputStream(
                Path.of(System.getProperty("java.home"), "release").toFile());
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        Base.inherited = null;
        Around.around = null;
        Around.Specimen.own = null;
        Around.Specimen.ONCE.set(null);
        Around.Specimen.LIST.clear();
        Around.Specimen.MAP.clear();
        Around.Specimen.ARRAY[0] = null;
        Another.kept = null;
    }

    static class Base {
        static Object inherited;
    }

    static class Around {
        static Object around;

        static class Specimen extends Base {
            static Object own;
            static final AtomicReference<Object> ONCE = new AtomicReference<>();
            static final List<Object> LIST = new ArrayList<>();
            static final Map<String, Object> MAP = new HashMap<>();
            static final Object[] ARRAY = new Object[1];
            static Object nothing;

            Object field;
        }
    }

    static class Another {
        static Object kept;
    }

    private Asking asking() {
        return Asking.in(Around.Specimen.class);
    }

    private String who() {
        return asking().who(file);
    }

    @Test
    void what_nobody_has_is_nobodys() {
        assertThat(who()).isEqualTo(NOBODY);
    }

    @Test
    void a_static_field_that_the_class_can_clear_is_of_the_class() {
        Around.Specimen.own = file;
        assertThat(who()).isEqualTo("OF_CLASS STATIC own");
    }

    @Test
    void a_static_field_that_is_final_is_of_the_run() {
        Around.Specimen.ONCE.set(file);
        assertThat(who()).isEqualTo("OF_RUN STATIC ONCE");
    }

    @Test
    void a_final_collection_can_be_cleared_and_is_of_the_class() {
        Around.Specimen.LIST.add(file);
        assertThat(who()).isEqualTo("OF_CLASS STATIC LIST");
        Around.Specimen.LIST.clear();
        Around.Specimen.MAP.put("a", file);
        assertThat(who()).isEqualTo("OF_CLASS STATIC MAP");
        Around.Specimen.MAP.clear();
        Around.Specimen.ARRAY[0] = file;
        assertThat(who()).isEqualTo("OF_CLASS STATIC ARRAY");
    }

    @Test
    void a_static_field_of_the_superclass_may_be_for_all_and_is_of_the_run() {
        Base.inherited = file;
        assertThat(who()).isEqualTo("OF_RUN STATIC inherited");
        assertThat(Asking.in(Base.class).who(file)).isEqualTo("OF_CLASS STATIC inherited");
    }

    @Test
    void a_static_field_of_the_class_around_is_of_the_class() {
        Around.around = file;
        assertThat(who()).isEqualTo("OF_CLASS STATIC around");
    }

    @Test
    void a_static_field_of_any_other_class_is_of_the_run() {
        Another.kept = file;
        assertThat(who()).isEqualTo("OF_RUN STATIC kept");
    }

    @Test
    void the_class_comes_before_others() {
        Another.kept = file;
        assertThat(who()).isEqualTo("OF_RUN STATIC kept");
        Around.Specimen.own = List.of(List.of(file));
        assertThat(who()).as("although the way to it is longer").isEqualTo("OF_CLASS STATIC own");
        Around.Specimen.own = null;
        Around.around = List.of(List.of(file));
        assertThat(who()).isEqualTo("OF_CLASS STATIC around");
    }

    @Test
    void an_instance_that_all_tests_share_is_of_the_class() {
        Around.Specimen instance = new Around.Specimen();
        instance.field = file;
        assertThat(who()).isEqualTo(NOBODY);
        assertThat(asking().sharing(instance).who(file)).isEqualTo("OF_CLASS INSTANCE");
    }

    @Test
    void what_the_instance_of_the_test_has_is_not_held_by_who_listens_to_it() {
        Around.Specimen instance = new Around.Specimen();
        instance.field = file;
        Supplier<String> listener = instance::toString;
        Another.kept = List.of(listener);
        assertThat(who()).as("of an instance that does not end").isEqualTo("OF_RUN STATIC kept");
        assertThat(asking().ending(instance).who(file)).isEqualTo(NOBODY);
        Another.kept = List.of(listener, file);
        assertThat(asking().ending(instance).who(file)).as("by another way").isEqualTo("OF_RUN STATIC kept");
    }

    /** Has a store, as a context of an extension has. */
    static class Context {
        final NamespacedHierarchicalStore<String> store;

        Context(NamespacedHierarchicalStore<String> parent) {
            store = new NamespacedHierarchicalStore<>(parent);
        }
    }

    @Test
    void the_store_of_an_extension_is_of_the_class_or_of_the_run() {
        Context ofSession = new Context(null);
        Context ofRun = new Context(ofSession.store);
        Context ofClass = new Context(ofRun.store);
        Context[] contexts = {ofClass, ofRun, ofSession};
        String[] whose = {"OF_CLASS STORE", "OF_RUN STORE", "OF_RUN STORE"};
        for (int i = 0; i < contexts.length; i++) {
            contexts[i].store.put("ours", "key", new Object[] {file});
            assertThat(asking().storing(ofClass, ofRun).who(file)).isEqualTo(whose[i]);
            assertThat(who()).isEqualTo(NOBODY);
            contexts[i].store.remove("ours", "key");
        }
        ofClass.store.close();
        ofRun.store.close();
        ofSession.store.close();
    }

    @Test
    void static_fields_of_classes_that_the_test_loaded_end_with_the_test(@TempDir Path folder) throws Exception {
        String source = "public class Shared { public static Object kept; public Object other; }";
        try (URLClassLoader archive = LibraryArchive.of(folder, Map.of("Shared", source));
                URLClassLoader around = new URLClassLoader(new URL[0], archive.getParent());
                URLClassLoader loader = new URLClassLoader(archive.getURLs(), around)) {
            Class<?> shared = Class.forName("Shared", true, loader);
            Object holder = shared.getDeclaredConstructor().newInstance();
            shared.getField("other").set(holder, file);
            shared.getField("kept").set(null, holder);
            assertThat(who()).isEqualTo("OF_RUN STATIC kept");
            assertThat(asking().making(loader).who(file)).isEqualTo(NOBODY);
            assertThat(asking().making(around).who(file)).isEqualTo(NOBODY);
            assertThat(asking().making(archive).who(file)).isEqualTo("OF_RUN STATIC kept");
            shared.getField("kept").set(null, null);
        }
    }
}
