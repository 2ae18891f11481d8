package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.leak.LeakPolicy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of leaks: of all kinds, and then, or instead, of single kinds. */
final class LeaksParameter extends Parameter<LeakPolicy> {

    LeaksParameter() {
        super(
                Constants.LEAKS_PARAMETER,
                "default",
                LeakPolicy.defaults(),
                new Description(
                        "What becomes of leaks of each kind, such as 'strict, file-descriptor=warn'. @CheckLeaks has"
                                + " precedence.",
                        "@CheckLeaks, @AllowLeak",
                        "leaks.md#what-becomes-of-a-leak"));
    }

    @Override
    @Nullable
    LeakPolicy parse(String value) {
        LeakPolicy policy = LeakPolicy.defaults();
        if (value.isBlank()) {
            return policy;
        }
        for (String entry : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            policy = with(policy, entry.strip());
            if (policy == null) {
                return null;
            }
        }
        return policy;
    }

    private static @Nullable LeakPolicy with(LeakPolicy policy, String entry) {
        String[] parts = entry.split("\\s*=\\s*", -1);
        if (parts.length == 1) {
            return preset(entry);
        }
        LeakKind kind = named(LeakKind.values(), parts[0]);
        LeakMode mode = named(LeakMode.values(), parts[1]);
        return kind == null || mode == null || parts.length > 2 ? null : policy.with(kind, mode);
    }

    private static @Nullable LeakPolicy preset(String name) {
        return switch (name) {
            case "default" -> LeakPolicy.defaults();
            case "strict" -> LeakPolicy.defaults().withAll(LeakMode.FAIL);
            case "off" -> LeakPolicy.defaults().withAll(LeakMode.OFF);
            default -> null;
        };
    }

    private static <T extends Enum<T>> @Nullable T named(T[] all, String name) {
        for (T each : all) {
            if (each.toString().equals(name)) {
                return each;
            }
        }
        return null;
    }

    @Override
    String values() {
        return "'default', 'strict' or 'off', and then entries such as 'pending-task=warn', with the kinds "
                + names(LeakKind.values()) + " and the modes " + names(LeakMode.values());
    }

    private static String names(Enum<?>[] all) {
        return Stream.of(all).map(Enum::toString).collect(Collectors.joining(", "));
    }

    @Override
    List<Hint> hints() {
        return List.of(
                new Hint("default", "Facts fail a test, guesses are a warning."),
                new Hint("strict", "Leaks of all kinds fail a test."),
                new Hint("off", "Nobody hears of leaks."));
    }
}
