package dev.asyncloop.jupiter.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A configuration parameter. The metadata for editors and the table of {@code docs/configuration.md} are also written
 * from it.
 *
 * @param <T> the type of a parsed value
 */
public abstract class Parameter<T> {

    private final String name;
    private final String defaultText;
    private final T defaultValue;
    private final Description description;

    /**
     * Makes a parameter.
     *
     * @param defaultText the value that stands for {@code defaultValue}; empty if none does
     */
    Parameter(String name, String defaultText, T defaultValue, Description description) {
        this.name = name;
        this.defaultText = defaultText;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** Parses {@code value}; null if it is wrong. */
    abstract @Nullable T parse(String value);

    /** The constant with that name, in whatever case; null if there is none. */
    static <E extends Enum<E>> @Nullable E named(String value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value.strip())) {
                return constant;
            }
        }
        return null;
    }

    /** The allowed values as the end of a sentence, each in single quotes. */
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

    /** The values that an editor proposes, with their meanings. */
    List<Hint> hints() {
        return List.of();
    }

    /** Whether there are other values than those that an editor proposes. */
    boolean allowsOthers() {
        return true;
    }

    /** The Java type of a value, for editors. */
    Class<?> type() {
        return String.class;
    }

    /** Whether it is configured. */
    final boolean isIn(ExtensionContext context) {
        return context.getConfigurationParameter(name).isPresent();
    }

    /** The configured value, or else the default. */
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

    /** Says that a value is wrong, and which values are allowed. */
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
