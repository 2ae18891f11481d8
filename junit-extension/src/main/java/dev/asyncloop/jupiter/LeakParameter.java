package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.leak.LeakPolicy;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** What the configuration parameter says of leaks. What it does not know, it says once, and goes on with the rest. */
final class LeakParameter {

    private static final Map<String, LeakPolicy> PRESETS = Map.of(
            "default", LeakPolicy.defaults(),
            "strict", LeakPolicy.defaults().withAll(LeakMode.FAIL),
            "off", LeakPolicy.defaults().withAll(LeakMode.OFF));

    private LeakParameter() {}

    /** Read once a run. */
    static LeakPolicy policy(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(LeakParameter.class))
                .getOrComputeIfAbsent(
                        LeakPolicy.class,
                        unread -> parse(context.getConfigurationParameter(Constants.LEAKS_PARAMETER)
                                .orElse("")),
                        LeakPolicy.class);
    }

    private static LeakPolicy parse(String value) {
        LeakPolicy policy = LeakPolicy.defaults();
        if (value.isBlank()) {
            return policy;
        }
        for (String entry : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = entry.strip().split("\\s*=\\s*", -1);
            Optional<LeakKind> kind = named(LeakKind.values(), parts[0]);
            Optional<LeakMode> mode = parts.length == 2 ? named(LeakMode.values(), parts[1]) : Optional.empty();
            if (kind.isPresent() && mode.isPresent()) {
                policy = policy.with(kind.get(), mode.get());
            } else if (parts.length == 1 && PRESETS.containsKey(parts[0])) {
                policy = PRESETS.get(parts[0]);
            } else {
                reject(value, entry.strip());
            }
        }
        return policy;
    }

    private static <T extends Enum<T>> Optional<T> named(T[] values, String name) {
        return Arrays.stream(values)
                .filter(value -> value.toString().equals(name))
                .findFirst();
    }

    private static void reject(String value, String entry) {
        System.getLogger("dev.asyncloop")
                .log(
                        Level.WARNING,
                        "The configuration parameter " + Constants.LEAKS_PARAMETER + " is '" + value
                                + "', of which '"
                                + entry
                                + "' is ignored; it may be 'default', 'strict' or 'off', and then entries such as"
                                + " 'pending-task=warn', with the kinds " + names(LeakKind.values()) + " and the modes "
                                + names(LeakMode.values()));
    }

    private static String names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::toString).collect(Collectors.joining(", "));
    }
}
