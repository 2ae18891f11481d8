package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** A hook that has no place in this JDK is said to be missing, and changes nothing. */
class JdkEditorTests {

    @Test
    void a_class_or_a_call_that_is_not_there_is_missing() throws UnmodifiableClassException {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        List<DescriptorHook> hooks = List.of(
                new DescriptorHook("java.util.StringTokenizer", "starting", "StringTokenizer.start7"),
                new DescriptorHook("java.util.NoSuchClass", "constructed", DescriptorHook.CONSTRUCTORS));
        assertThat(JdkEditor.edit(instrumentation, hooks, "java.lang.NoSuchEvents"))
                .isEqualTo(hooks);
        assertThat(hooks.getFirst()).hasToString("StringTokenizer.start7 in java.util.StringTokenizer");
    }
}
