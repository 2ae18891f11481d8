package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.jupiter.LoopScope.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which tests share an event loop. */
final class ScopeParameter extends Parameter<Scope> {

    ScopeParameter() {
        super(
                Constants.SCOPE_DEFAULT_PARAMETER,
                "method",
                Scope.METHOD,
                new Description(
                        "Which tests without @LoopScope share an event loop: none, those of a class, of a package, or"
                                + " all.",
                        "@LoopScope",
                        "scopes.md"));
    }

    @Override
    @Nullable
    Scope parse(String value) {
        return named(value, Scope.class);
    }

    @Override
    String values() {
        return "one of 'method', 'class', 'package', 'session'";
    }

    @Override
    boolean allowsOthers() {
        return false;
    }

    @Override
    List<Hint> hints() {
        return List.of(
                new Hint("method", "A loop for each test."),
                new Hint("class", "A loop for all tests of a class."),
                new Hint("package", "A loop for all tests of a package."),
                new Hint("session", "A loop for all tests of the run."));
    }
}
