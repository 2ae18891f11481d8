package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** Hooks that the agent may have inserted already when somebody wants to listen. */
class HookSetTests {

    private final Instrumentation instrumentation = ByteBuddyAgent.install();

    @Test
    void hooks_are_inserted_once() throws Throwable {
        HookSet hooks = hooks("java.util.concurrent.AsyncloopInsertedOnce");
        HookSet.insert(instrumentation, List.of(hooks));
        assertThat(hooks.listen(instrumentation, Consumer.class).type().parameterList())
                .containsExactly(Consumer.class);
        assertThat(hooks.missing()).isEmpty(); // on a JDK of which that is not known yet it would be
    }

    @Test
    void what_failed_is_not_tried_again() {
        HookSet hooks = hooks("java.lang.AsyncloopElsewhere");
        HookSet.insert(instrumentation, List.of(hooks));
        Throwable failure = catchThrowable(() -> hooks.listen(instrumentation, Consumer.class));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hooks.listen(instrumentation, Consumer.class)).isSameAs(failure);
    }

    private static HookSet hooks(String events) {
        return new HookSet(
                CombinedFutureEvents.class,
                events,
                CompletableFuture.class,
                "java.util.NoSuchClass constructed <init>");
    }
}
