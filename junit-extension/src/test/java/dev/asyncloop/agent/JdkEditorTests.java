package dev.asyncloop.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How a template gets its name in the JDK. */
class JdkEditorTests {

    /** Has a constant of a kind that a template has not. */
    static final class HasLong {

        static long big() {
            return 1L << 40 | 123_456_789_012L;
        }
    }

    @Test
    void the_name_is_another_wherever_it_stands() throws IOException {
        String from = Receiver.class.getName().replace('.', '/');
        byte[] renamed = JdkEditor.renamed(code(Receiver.class), from, "java/util/Renamed");
        assertThat(new String(renamed, StandardCharsets.ISO_8859_1))
                .contains("java/util/Renamed")
                .doesNotContain(from);
    }

    @Test
    void a_constant_of_an_unknown_kind_is_refused_and_not_guessed() throws IOException {
        byte[] code = code(HasLong.class);
        assertThatThrownBy(() -> JdkEditor.renamed(code, "any/Name", "other/Name"))
                .isInstanceOf(IOException.class)
                .hasMessage("a template has a constant of kind 5, which is not known");
    }

    private static byte[] code(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }
}
