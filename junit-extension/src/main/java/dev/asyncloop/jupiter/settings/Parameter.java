package dev.asyncloop.jupiter.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A configuration parameter. What editors propose and the table of {@code docs/configuration.md} are written from it,
 * too.
 *
 * @param <T> what a value stands for
 */
public abstract class Parameter<T> {

    private final String name;
    private final String defaultText;
    private final T defaultValue;
    private final Description description;

    /**
     * @param defaultText the value that stands for {@code defaultValue}; empty where none does
     */
    Parameter(String name, String defaultText, T defaultValue, Description description) {
        this.name = name;
        this.defaultText = defaultText;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** What {@code value} stands for, null where it is none. */
    abstract @Nullable T parse(String value);

    /** The end of a sentence about what it may be, with each value in single quotes. */
    abstract String values();

    public final String name() {
        return name;
    }

    final String defaultText() {
        return defaultText;
    }

    final Description description() {
        return description;
    }

    /** The values that an editor proposes, each with what it means. */
    List<Hint> hints() {
        return List.of();
    }

    /** Whether there are values besides those. */
    boolean allowsOthers() {
        return true;
    }

    /** The Java type of a value, for editors. */
    Class<?> type() {
        return String.class;
    }

    /** Whether it is configured at all. */
    final boolean isIn(ExtensionContext context) {
        return context.getConfigurationParameter(name).isPresent();
    }

    /** What is configured, or else the default. */
    final T in(ExtensionContext context) throws WrongValue {
        Optional<String> value = context.getConfigurationParameter(name);
        return value.isEmpty() ? defaultValue : valueOf(value.get());
    }

    final T valueOf(String value) throws WrongValue {
        T parsed = parse(value);
        if (parsed == null) {
            throw new WrongValue("The configuration parameter " + name + " is '" + value + "'; it may be " + values());
        }
        return parsed;
    }

    @Override
    public final String toString() {
        return name;
    }

    /** A value that an editor proposes. */
    record Hint(String value, String meaning) {}

    /** A value that is none; the message says which there are. */
    static final class WrongValue extends Exception {

        private static final long serialVersionUID = 1;

        WrongValue(String message) {
            super(message);
        }

        String text() {
            return Objects.requireNonNull(getMessage());
        }
    }
}
