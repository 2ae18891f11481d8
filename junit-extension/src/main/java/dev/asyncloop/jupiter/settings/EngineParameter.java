package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.loop.LoopEngine;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine of the loops of tests. Without a value it is the best that the JVM allows. */
final class EngineParameter extends Parameter<Optional<LoopEngine>> {

    EngineParameter() {
        super(
                Constants.ENGINE_PARAMETER,
                "",
                Optional.empty(),
                new Description(
                        "What a task of a test's loop is. Without it the scheduler if the JVM allows it, or else the"
                                + " portable engine, which does not see virtual threads of the code under test.",
                        "'LoopOptions.engine', for a loop that one makes oneself",
                        "configuration.md#the-engine"));
    }

    @Override
    @Nullable
    Optional<LoopEngine> parse(String value) {
        LoopEngine engine = named(value, LoopEngine.class);
        return engine == null && !value.isBlank() ? null : Optional.ofNullable(engine);
    }

    @Override
    String values() {
        return "'scheduler' or 'portable'";
    }

    @Override
    boolean allowsOthers() {
        return false;
    }

    @Override
    List<Hint> hints() {
        return List.of(
                new Hint("scheduler", "A virtual thread that the loop schedules; the JDK has to be open for it."),
                new Hint("portable", "An ordinary virtual thread; it needs only public API of the JDK."));
    }
}
