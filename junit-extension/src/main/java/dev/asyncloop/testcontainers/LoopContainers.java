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
 * Makes fixtures of containers. Coroutines start the containers before the tests, several at once, and stop them
 * afterwards.
 *
 * <p>The {@link System.Logger} {@code dev.asyncloop} logs the progress. When a test that has the fixture fails, a
 * suppressed exception of the failure shows the state of each container, the end of its log and its last events. When a
 * container does not start, the tests fail with its image, the reason, the end of its log and what to do; the
 * containers that did start are stopped again. Starting and stopping may take five minutes each, unless
 * {@link LoopFixture#timeout} says otherwise.
 */
@SuppressWarnings("exports") // whoever uses it has Testcontainers
public final class LoopContainers {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private LoopContainers() {}

    /**
     * A fixture of one container, for parameters of {@code type} or a supertype. {@code maker} makes the container and
     * does not start it.
     */
    public static <C extends GenericContainer<?>> LoopFixture<C> of(
            Class<? super C> type, Callable<? extends C> maker) {
        return of(type, maker, List::of);
    }

    /**
     * A fixture of several containers that are started together. {@code maker} makes an object that holds them, such as
     * a record, and does not start them; {@code containers} lists them.
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
