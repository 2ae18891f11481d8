package dev.asyncloop.testcontainers;

import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.testcontainers.engine.ContainerState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.testcontainers.containers.GenericContainer;

/**
 * Makes fixtures of containers: started by coroutines before the tests, several at once, and stopped after them.
 *
 * <p>Progress is logged by the {@link System.Logger} {@code dev.asyncloop}. Where a test fails that has the fixture, each container's state,
 * the end of its log and its last events are a suppressed exception of the failure. Where a container does not start, the tests fail with its image, why, the end of
 * its log and what to do, and those that did start are stopped again. Starting and stopping may take five minutes each, unless
 * {@link LoopFixture#timeout} says otherwise.
 */
@SuppressWarnings("exports") // who uses it has Testcontainers
public final class LoopContainers {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private LoopContainers() {}

    /** A fixture of the container that {@code maker} makes and does not start, for parameters of {@code type} or a supertype. */
    public static <C extends GenericContainer<?>> LoopFixture<C> of(
            Class<? super C> type, Callable<? extends C> maker) {
        return of(type, maker, List::of);
    }

    /**
     * A fixture of several containers that are started together: {@code maker} makes what holds them, such as a record, and starts none, and
     * {@code containers} says which they are.
     */
    public static <T> LoopFixture<T> of(
            Class<? super T> type,
            Callable<? extends T> maker,
            Function<? super T, ? extends List<? extends GenericContainer<?>>> containers) {
        Objects.requireNonNull(maker, "maker");
        Objects.requireNonNull(containers, "containers");
        return LoopFixture.<T>of(type, () -> {
                    T made = maker.call();
                    Startup.start(containers.apply(made));
                    return made;
                })
                .closedBy(made -> Startup.stop(containers.apply(made)))
                .describedBy(made -> ContainerState.describe(containers.apply(made)))
                .timeout(LIMIT);
    }
}
