package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Adler32;
import java.util.zip.CheckedInputStream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** How classes of the JDK are edited, and what of them cannot be. */
class HookTransformerTests {

    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final List<Object> told = new ArrayList<>();

    @Test
    void another_agent_that_edits_the_class_again_does_not_take_hooks_out() throws Throwable {
        listen("AsyncloopEditedAgain", "java.util.StringTokenizer read <init>");
        StringTokenizer before = new StringTokenizer("before");
        assertThat(told).last().isSameAs(before);
        instrumentation.retransformClasses(StringTokenizer.class);
        StringTokenizer after = new StringTokenizer("after");
        assertThat(told).last().isSameAs(after);
    }

    @Test
    void a_class_is_edited_when_it_is_loaded() throws Throwable {
        String later = "java.util.zip.CheckedInputStream";
        assertThat(isLoaded(later)).isFalse();
        listen("AsyncloopLoadedLater", later + " read <init>");
        assertThat(isLoaded(later)).isFalse();
        try (CheckedInputStream made = new CheckedInputStream(CheckedInputStream.nullInputStream(), new Adler32())) {
            assertThat(told).containsExactly(made);
        }
    }

    @Test
    void a_call_that_is_not_there_is_missing() throws UnmodifiableClassException {
        Hook hook =
                new Hook("java.util.StringTokenizer", "java.lang.NoSuchEvents", "starting", "StringTokenizer.start7");
        assertThat(HookTransformer.insert(instrumentation, List.of(hook)).missing())
                .containsExactly(hook);
        assertThat(hook).hasToString("StringTokenizer.start7 in java.util.StringTokenizer");
    }

    @Test
    void of_a_class_that_cannot_be_read_all_are_missing() throws UnmodifiableClassException {
        Hook hook = new Hook("java.util.StringTokenizer", "java.lang.NoSuchEvents", "constructed", "NoSuchCall.any");
        HookTransformer transformer = HookTransformer.insert(instrumentation, List.of(hook));
        transformer.missing().clear();
        assertThat(transformer.transform(null, "java/util/StringTokenizer", null, null, new byte[0]))
                .isNull();
        assertThat(transformer.missing()).containsExactly(hook);
    }

    private boolean isLoaded(String name) {
        return Stream.of(instrumentation.getAllLoadedClasses())
                .anyMatch(type -> type.getName().equals(name));
    }

    private void listen(String events, String hook) throws Throwable {
        HookSet hooks =
                new HookSet(CombinedFutureEvents.class, "java.util.concurrent." + events, ConcurrentMap.class, hook);
        Consumer<Object> listener = told::add;
        hooks.listen(instrumentation, Consumer.class).invoke(listener);
        assertThat(hooks.missing()).isEmpty();
    }
}
