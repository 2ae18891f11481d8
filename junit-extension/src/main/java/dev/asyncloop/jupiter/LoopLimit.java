package dev.asyncloop.jupiter;

import dev.asyncloop.loop.LoopOptions;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** How long one phase of a test may take: as the configuration parameter says, in the syntax of JUnit's own time-outs. */
final class LoopLimit {

    private static final Duration DEFAULT = Duration.ofSeconds(60);

    private static final String SYNTAX = "([1-9]\\d*) ?([nμm]?s|[mhd])?";

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "μs", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private LoopLimit() {}

    /** Rejects a wrong value, whether it would be used or not. */
    static void check(ExtensionContext context) {
        configured(context);
    }

    /** The options of a loop with that limit, or a longer one where JUnit's own time-outs in {@code classes} are longer. */
    static LoopOptions options(List<Class<?>> classes, ExtensionContext context) {
        LoopOptions options = LoopOptions.defaults();
        Optional<Duration> limit = configured(context);
        return limit.isEmpty() ? options : options.limit(longest(limit.get(), classes));
    }

    /** As the parameter says, or where it says nothing, as the way in which the class has the extension. */
    static Optional<Duration> configured(ExtensionContext context) {
        Optional<String> value = context.getConfigurationParameter(Constants.TIMEOUT_PARAMETER);
        return value.isEmpty() && Detection.isAllThatBringsIt(context) ? Optional.empty() : parse(value.orElse(null));
    }

    private static Duration longest(Duration limit, List<Class<?>> classes) {
        Duration longest = limit;
        for (Class<?> type : classes) {
            longest = longer(longest, type);
            for (Method method :
                    ReflectionSupport.findMethods(type, OurAnnotations::areOn, HierarchyTraversalMode.TOP_DOWN)) {
                longest = longer(longest, method);
            }
        }
        return longest;
    }

    private static Duration longer(Duration limit, AnnotatedElement element) {
        Optional<Timeout> timeout = AnnotationSupport.findAnnotation(element, Timeout.class);
        if (timeout.isEmpty()) {
            return limit;
        }
        Duration other = justAfter(timeout.get());
        return limit.compareTo(other) < 0 ? other : limit;
    }

    /** So that it is JUnit's that ends the test. */
    private static Duration justAfter(Timeout timeout) {
        long seconds = timeout.unit().toSeconds(timeout.value());
        return Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE) + 1);
    }

    /** Empty where there is none. */
    static Optional<Duration> parse(@Nullable String value) {
        if (value == null) {
            return Optional.of(DEFAULT);
        }
        if (value.strip().equalsIgnoreCase("off")) {
            return Optional.empty();
        }
        Matcher matcher = Pattern.compile(SYNTAX, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(value.strip());
        if (!matcher.matches()) {
            throw wrong(value);
        }
        String unit = Objects.requireNonNullElse(matcher.group(2), "s").toLowerCase(Locale.ROOT);
        try {
            long number = Long.parseLong(matcher.group(1));
            return Optional.of(Duration.of(number, Objects.requireNonNull(UNITS.get(unit))));
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            throw wrong(value);
        }
    }

    private static ExtensionConfigurationException wrong(String value) {
        return new ExtensionConfigurationException("The configuration parameter "
                + Constants.TIMEOUT_PARAMETER + " is '" + value
                + "'; it may be a time such as '60 s', '100 ms' or '5 m', or 'off'");
    }
}
