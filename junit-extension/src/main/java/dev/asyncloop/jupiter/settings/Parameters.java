package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.leak.LeakPolicy;
import dev.asyncloop.loop.LoopEngine;
import dev.asyncloop.loop.Ordering;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All configuration parameters. */
final class Parameters {

    static final Parameter<Scope> SCOPE = new ScopeParameter();
    static final Parameter<Optional<Duration>> TIMEOUT = new TimeoutParameter();
    static final Parameter<Supplier<Ordering>> ORDERING = new OrderingParameter();
    static final Parameter<LeakPolicy> LEAKS = new LeaksParameter();

    static final Parameter<Optional<Path>> BASELINE = new FileParameter(
            Constants.LEAKS_BASELINE_PARAMETER,
            new Description(
                    "The file of leaks that are known and fail no test, relative to the working directory.",
                    "@AllowLeak, for one",
                    "leaks.md#a-baseline"));

    static final Parameter<Boolean> BASELINE_WRITE = new FlagParameter(
            Constants.LEAKS_BASELINE_WRITE_PARAMETER,
            new Description(
                    "Whether the file of known leaks is written instead; then no leak fails a test.",
                    "",
                    "leaks.md#a-baseline"));

    static final Parameter<Optional<Path>> JSON = new FileParameter(
            Constants.LEAKS_JSON_PARAMETER,
            new Description(
                    "The file to which each finding is appended as a line of JSON, relative to the working directory.",
                    "",
                    "leaks.md#for-machines"));

    static final Parameter<Requirement> REQUIRE = new RequireParameter();
    static final Parameter<Optional<LoopEngine>> ENGINE = new EngineParameter();
    static final Parameter<Predicate<String>> WITHOUT = new WithoutParameter();

    /** All parameters, in the order in which they are documented. */
    static final List<Parameter<?>> ALL =
            List.of(SCOPE, TIMEOUT, ORDERING, LEAKS, BASELINE, BASELINE_WRITE, JSON, REQUIRE, ENGINE, WITHOUT);

    private Parameters() {}
}
