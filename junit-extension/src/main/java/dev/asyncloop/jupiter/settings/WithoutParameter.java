package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of classes that are left to JUnit, and of the classes nested in them. */
final class WithoutParameter extends Parameter<Predicate<String>> {

    private static final Pattern NAME = Pattern.compile("[\\w$.*]+");

    WithoutParameter() {
        super(
                Constants.WITHOUT_PARAMETER,
                "",
                name -> false,
                new Description(
                        "The classes that run as if the extension were not there: their full names, with * for any"
                                + " characters, and commas between them.",
                        "@WithoutAsyncLoop",
                        "configuration.md#leaving-classes-out"));
    }

    @Override
    @Nullable
    Predicate<String> parse(String value) {
        List<String> patterns = new ArrayList<>();
        for (String each : value.split(",")) {
            String name = each.strip();
            if (!NAME.matcher(name).matches()) {
                return null;
            }
            patterns.add(("\\Q" + name + "\\E").replace("*", "\\E.*\\Q") + "(\\$.*)?");
        }
        return Pattern.compile(String.join("|", patterns)).asMatchPredicate();
    }

    @Override
    String values() {
        return "names of classes, with '*' for any characters and ',' between them";
    }
}
