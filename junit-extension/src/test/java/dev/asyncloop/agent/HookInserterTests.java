package dev.asyncloop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How class files are edited. */
class HookInserterTests {

    @Test
    void a_class_of_a_version_that_the_reader_does_not_know_is_edited_and_keeps_it() throws IOException {
        byte[] code = code(Runnable.class);
        code[5] = 3; // minor
        code[7] = 120; // major
        byte[] edited = HookInserter.edited(code, List.of(), List.of(), false);
        assertThat(edited).startsWith(0xCA, 0xFE, 0xBA, 0xBE, 0, 3, 0, 120);
        assertThat(code).startsWith(0xCA, 0xFE, 0xBA, 0xBE, 0, 3, 0, 120);
    }

    private static byte[] code(Class<?> type) throws IOException {
        try (InputStream code = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return Objects.requireNonNull(code).readAllBytes();
        }
    }
}
