package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import java.util.List;

/** What the JVM has to be able to look for. */
final class RequireParameter extends ConstantParameter<Requirement> {

    RequireParameter() {
        super(
                Constants.REQUIRE_PARAMETER,
                "nothing",
                Requirement.NOTHING,
                new Description(
                        "What this JVM must be able to look for, or else each test class fails: 'scheduler' for virtual"
                                + " threads of the code under test, 'agent' for everything.",
                        "",
                        "configuration.md#what-a-run-must-be-able-to-see"),
                List.of(
                        new Hint("nothing", "What cannot be looked for is said in the log."),
                        new Hint("scheduler", "Virtual threads that the code under test starts are looked for."),
                        new Hint("agent", "Everything is looked for, by an agent or by attaching.")));
    }
}
