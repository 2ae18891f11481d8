package dev.asyncloop.jdk;

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

    @Test
    void hooks_are_inserted_once() throws Throwable {
        HookSet<?> hooks = hooks("java.util.concurrent.AsyncloopInsertedOnce");
        assertThat(hooks.listeners(instrumentation)).isNotNull().isSameAs(hooks.listeners(instrumentation));
        assertThat(hooks.missing()).isEmpty(); // on a JDK that is not known yet it would say so
    }

    @Test
    void what_failed_is_not_tried_again() {
        HookSet<?> hooks = hooks("java.lang.AsyncloopElsewhere");
        Throwable failure = catchThrowable(() -> hooks.listeners(instrumentation));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hooks.listeners(instrumentation)).isSameAs(failure);
    }

    private static HookSet<?> hooks(String events) {
        return new HookSet<>(
                CombinedFutureEvents.class,
                events,
                CompletableFuture.class,
                "java.util.NoSuchClass constructed <init> end");
    }
}
