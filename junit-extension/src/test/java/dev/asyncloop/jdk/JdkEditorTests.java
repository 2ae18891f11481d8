package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.List;
import java.util.Objects;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** How classes of the JDK are edited, and what of them cannot be. */
class JdkEditorTests {

    @Test
    void a_class_or_a_call_that_is_not_there_is_missing() throws UnmodifiableClassException {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        String events = "java.lang.NoSuchEvents";
        List<Hook> hooks = List.of(
                new Hook("java.util.StringTokenizer", events, "starting", "StringTokenizer.start7"),
                new Hook("java.util.NoSuchClass", events, "constructed", "<init>"));
        assertThat(JdkEditor.edit(instrumentation, hooks)).isEqualTo(hooks);
        assertThat(hooks.getFirst()).hasToString("StringTokenizer.start7 in java.util.StringTokenizer");
    }

    @Test
    void a_class_of_a_version_that_the_reader_does_not_know_is_edited_and_keeps_it() throws IOException {
        byte[] code = code(Runnable.class);
        code[5] = 3; // minor
        code[7] = 120; // major
        byte[] edited = JdkEditor.edited(code, visitor -> visitor);
        assertThat(edited).startsWith(0xCA, 0xFE, 0xBA, 0xBE, 0, 3, 0, 120);
        assertThat(code).startsWith(0xCA, 0xFE, 0xBA, 0xBE, 0, 3, 0, 120);
    }

    private static byte[] code(Class<?> type) throws IOException {
        try (InputStream code = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return Objects.requireNonNull(code).readAllBytes();
        }
    }
}
