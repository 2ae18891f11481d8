package dev.asyncloop.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.instrument.Instrumentation;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** When hooks are inserted. */
class HookSetTests {

    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final HookTable table = new HookTable();

    @Test
    void hooks_are_inserted_once() throws Throwable {
        HookSet<?> hooks = hooks("java.util.concurrent.AsyncloopInsertedOnce");
        assertThat(table.listeners(hooks, instrumentation))
                .isNotNull()
                .isSameAs(table.listeners(hooks, instrumentation));
        assertThat(hooks.missing()).hasSize(JdkEditor.knowsThisJdk() ? 0 : 1); // else its classes are loaded at once
    }

    @Test
    void what_failed_is_not_tried_again() {
        HookSet<?> hooks = hooks("java.lang.AsyncloopElsewhere");
        Throwable failure = catchThrowable(() -> table.listeners(hooks, instrumentation));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.listeners(hooks, instrumentation)).isSameAs(failure);
    }

    private HookSet<?> hooks(String events) {
        return table.register(new HookSet<>(
                Receiver.class,
                events,
                CompletableFuture.class,
                "java.util.NoSuchClass constructed <init> before end"));
    }
}
