package dev.asyncloop.jupiter.settings;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter whose values are the constants of an enum, in whatever case.
 *
 * @param <E> the enum
 */
abstract class ConstantParameter<E extends Enum<E>> extends Parameter<E> {

    private final Class<E> type;
    private final List<Hint> hints;

    /** {@code hints} has each constant, with its meaning. */
    ConstantParameter(String name, String defaultText, E defaultValue, Description description, List<Hint> hints) {
        super(name, defaultText, defaultValue, description);
        this.type = defaultValue.getDeclaringClass();
        this.hints = hints;
    }

    @Override
    final @Nullable E parse(String value) {
        return named(value, type);
    }

    @Override
    final String values() {
        return hints.stream().map(Hint::value).collect(joining("', '", "one of '", "'"));
    }

    @Override
    final boolean allowsOthers() {
        return false;
    }

    @Override
    final List<Hint> hints() {
        return hints;
    }
}
