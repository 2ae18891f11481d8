package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects of all sorts of classes hold things, also of those into which reflection does not look. */
@Timeout(60)
class AllSortsOfClassesTests {

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

    static class Statics {
        static Object any;
    }

    private String who() {
        return Asking.in(Statics.class).who(file);
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
        byte[] bytes = Plain.class
                .getResourceAsStream("AllSortsOfClassesTests$Plain.class")
                .readAllBytes();
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
}
