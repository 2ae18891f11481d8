package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the JVM has to be able to look for. */
final class RequireParameter extends Parameter<Requirement> {

    RequireParameter() {
        super(
                Constants.REQUIRE_PARAMETER,
                "nothing",
                Requirement.NOTHING,
                new Description(
                        "What this JVM must be able to look for, or else each test class fails: 'scheduler' for virtual"
                                + " threads of the code under test, 'agent' for everything.",
                        "",
                        "configuration.md#what-a-run-must-be-able-to-see"));
    }

    @Override
    @Nullable
    Requirement parse(String value) {
        return named(value, Requirement.class);
    }

    @Override
    String values() {
        return "one of 'nothing', 'scheduler', 'agent'";
    }

    @Override
    boolean allowsOthers() {
        return false;
    }

    @Override
    List<Hint> hints() {
        return List.of(
                new Hint("nothing", "What cannot be looked for is said in the log."),
                new Hint("scheduler", "Virtual threads that the code under test starts are looked for."),
                new Hint("agent", "Everything is looked for, by an agent or by attaching."));
    }
}
