package dev.asyncloop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.Test;

/** A message never has an empty or generated name of a class. */
class TypeNamesTests {

    /** Defined once more, as a hidden class. */
    static class Hidden extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    static class Named extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void a_class_goes_by_its_simple_name() {
        class Local extends ArrayList<String> {
            private static final long serialVersionUID = 1L;
        }

        assertThat(TypeNames.of(String.class)).isEqualTo("String");
        assertThat(TypeNames.of(Named.class)).isEqualTo("Named");
        assertThat(TypeNames.of(Local.class)).isEqualTo("Local");
        assertThat(TypeNames.of(Object.class)).isEqualTo("Object");
        assertThat(TypeNames.of(Runnable.class)).isEqualTo("Runnable");
    }

    @Test
    void an_anonymous_class_goes_by_what_it_extends() {
        assertThat(TypeNames.of(new ArrayList<String>() {}.getClass())).isEqualTo("ArrayList");
        assertThat(TypeNames.of(new Named() {}.getClass())).isEqualTo("Named");
        assertThat(TypeNames.of(new Object() {}.getClass())).isEqualTo("Object");
        assertThat(TypeNames.of(
                        new Runnable() {
                            @Override
                            public void run() {}
                        }.getClass()))
                .isEqualTo("Runnable");
    }

    @Test
    void so_does_one_that_was_generated() throws Exception {
        Callable<String> lambda = () -> "";
        assertThat(TypeNames.of(lambda.getClass())).isEqualTo("Callable");
        assertThat(TypeNames.of(hidden())).isEqualTo("ArrayList");
        assertThat(TypeNames.of(Proxy.newProxyInstance(
                                TypeNamesTests.class.getClassLoader(),
                                new Class<?>[] {Runnable.class},
                                (proxy, method, arguments) -> null)
                        .getClass()))
                .isEqualTo("Proxy");
        assertThat(TypeNames.of(generated("dev.shop.Orders$MockitoMock$1"))).isEqualTo("ArrayList");
        assertThat(TypeNames.of(generated("dev.shop.Orders$")))
                .as("an object of Scala")
                .isEqualTo("Orders$");
    }

    private static Class<?> generated(String name) {
        return new ByteBuddy()
                .subclass(ArrayList.class)
                .name(name)
                .make()
                .load(TypeNamesTests.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded();
    }

    private static Class<?> hidden() throws IOException, IllegalAccessException {
        try (InputStream bytes = TypeNamesTests.class.getResourceAsStream("TypeNamesTests$Hidden.class")) {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            bytes.transferTo(copy);
            return MethodHandles.lookup()
                    .defineHiddenClass(copy.toByteArray(), false)
                    .lookupClass();
        }
    }

    @Test
    void a_class_is_named_whose_surroundings_are_missing() throws Exception {
        String outer = TypeNamesTests.class.getName();
        ClassLoader without = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.equals(outer)) {
                    throw new ClassNotFoundException(name);
                }
                try (InputStream bytes = TypeNamesTests.class.getResourceAsStream("TypeNamesTests$Named.class")) {
                    byte[] code = bytes.readAllBytes();
                    return defineClass(name, code, 0, code.length);
                } catch (IOException unreadable) {
                    throw new ClassNotFoundException(name, unreadable);
                }
            }
        };
        assertThat(TypeNames.of(without.loadClass(Named.class.getName()))).isEqualTo("Named");
    }

    @Test
    void nothing_is_initialised() throws Exception {
        Class<?> type = Class.forName(Initialised.class.getName(), false, TypeNamesTests.class.getClassLoader());
        assertThat(TypeNames.of(type)).isEqualTo("Initialised");
        assertThat(INITIALISED).isEmpty();
    }

    private static final List<String> INITIALISED = new ArrayList<>();

    static class Initialised {
        static {
            INITIALISED.add("it");
        }
    }
}
