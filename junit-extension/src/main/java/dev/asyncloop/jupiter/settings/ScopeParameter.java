package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.jupiter.LoopScope.Scope;
import java.util.List;

/** Which tests share an event loop. */
final class ScopeParameter extends ConstantParameter<Scope> {

    ScopeParameter() {
        super(
                Constants.SCOPE_DEFAULT_PARAMETER,
                "method",
                Scope.METHOD,
                new Description(
                        "Which tests without @LoopScope share an event loop: none, those of a class, of a package, or"
                                + " all.",
                        "@LoopScope",
                        "scopes.md"),
                List.of(
                        new Hint("method", "A loop for each test."),
                        new Hint("class", "A loop for all tests of a class."),
                        new Hint("package", "A loop for all tests of a package."),
                        new Hint("session", "A loop for all tests of the run.")));
    }
}
