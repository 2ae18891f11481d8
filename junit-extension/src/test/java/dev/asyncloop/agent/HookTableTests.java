package dev.asyncloop.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** Hooks of several who want events. */
class HookTableTests {

    private final HookTable table = new HookTable();
    private final List<String> edits = new ArrayList<>();

    @Test
    void the_first_who_listens_has_all_inserted_at_once() throws Throwable {
        HookSet<Consumer<Consumer<Object>>> first = table.register(joiners("AsyncloopFirst"));
        HookSet<Consumer<Consumer<Object>>> second = table.register(joiners("AsyncloopSecond"));
        Instrumentation instrumentation = counting(ByteBuddyAgent.install());
        List<Object> told = new ArrayList<>();
        Consumer<Object> listener = told::add;
        table.listeners(first, instrumentation).accept(listener);
        table.listeners(second, instrumentation).accept(listener);
        assertThat(edits).containsExactly("retransformClasses");
        StringJoiner made = new StringJoiner("", "", "");
        assertThat(told).containsExactly(made, made);
        table.listeners(first, instrumentation).accept(nothing -> {});
        table.listeners(second, instrumentation).accept(nothing -> {});
    }

    @Test
    void who_comes_later_has_only_its_own_inserted() throws Throwable {
        HookSet<Consumer<Consumer<Object>>> early = table.register(joiners("AsyncloopEarly"));
        Instrumentation instrumentation = counting(ByteBuddyAgent.install());
        table.listeners(early, instrumentation);
        HookSet<Consumer<Consumer<Object>>> late = table.register(joiners("AsyncloopLate"));
        assertThat(table.listeners(late, instrumentation)).isNotSameAs(table.listeners(early, instrumentation));
        assertThat(edits).hasSize(2);
    }

    @Test
    void hooks_that_nobody_registered_are_refused() {
        HookSet<?> stranger = joiners("AsyncloopStranger");
        assertThatThrownBy(() -> table.listeners(stranger, ByteBuddyAgent.install()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_row_that_is_none_is_refused() {
        assertThatThrownBy(() -> Hook.Tell.parse("java.util.StringJoiner read <init> end", "Any"))
                .hasMessage("a hook has five columns: java.util.StringJoiner read <init> end");
        assertThatThrownBy(() -> Hook.Tell.parse("java.util.StringJoiner read <init> at end", "Any"))
                .hasMessage("a hook is before or after its place, not at");
    }

    private static HookSet<Consumer<Consumer<Object>>> joiners(String receiver) {
        return new HookSet<>(
                Receiver.class,
                "java.util.concurrent." + receiver,
                ConcurrentMap.class,
                "java.util.StringJoiner read <init> before end");
    }

    /** As the other, but notes how often classes are edited. */
    private Instrumentation counting(Instrumentation other) {
        return (Instrumentation) Proxy.newProxyInstance(
                HookTableTests.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, values) -> {
                    if (method.getName().startsWith("retransform")) {
                        edits.add(method.getName());
                    }
                    return method.invoke(other, values);
                });
    }
}
