package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long one phase of a test may take, in the syntax of JUnit's own timeouts; empty if there is no limit. */
final class TimeoutParameter extends Parameter<Optional<Duration>> {

    private static final String SYNTAX = "([1-9]\\d*) ?([nμm]?s|[mhd])?";

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "μs", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    TimeoutParameter() {
        super(
                Constants.TIMEOUT_PARAMETER,
                "60 s",
                Optional.of(Duration.ofSeconds(60)),
                new Description(
                        "How long each phase of a test may take. A longer @Timeout in the test class makes it longer;"
                                + " a class that has the extension by auto-detection alone has no limit by default.",
                        "JUnit's @Timeout",
                        "hangs.md"));
    }

    @Override
    @Nullable
    Optional<Duration> parse(String value) {
        String text = value.strip();
        if (text.equalsIgnoreCase("off")) {
            return Optional.empty();
        }
        Matcher matcher = Pattern.compile(SYNTAX, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String unit = Objects.requireNonNullElse(matcher.group(2), "s").toLowerCase(Locale.ROOT);
        try {
            long number = Long.parseLong(matcher.group(1));
            return Optional.of(Duration.of(number, Objects.requireNonNull(UNITS.get(unit))));
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            return null;
        }
    }

    @Override
    String values() {
        return "a time such as '60 s', '100 ms' or '5 m', or 'off'";
    }

    @Override
    List<Hint> hints() {
        return List.of(
                new Hint("60 s", "A time in the syntax of JUnit's own time-outs."), new Hint("off", "No limit."));
    }
}
