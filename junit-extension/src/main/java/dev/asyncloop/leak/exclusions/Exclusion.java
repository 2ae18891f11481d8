package dev.asyncloop.leak.exclusions;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A row: something that one class or package makes, under some name. Neither alone would do. Any thread. */
final class Exclusion {

    private static final String ANY = ".*";

    private final What what;
    private final String creator;
    private final String names;
    private final String test;

    /** Made when a creator first fits: most rows are never asked for theirs. Any thread. */
    private volatile @Nullable Pattern pattern;

    /** {@code names} is a regular expression; {@code test} is what fails without this row, blank where nobody said. */
    Exclusion(What what, String creator, String names, String test) {
        this.what = what;
        this.creator = creator;
        this.names = names;
        this.test = test;
    }

    What what() {
        return what;
    }

    String test() {
        return test;
    }

    /** Whether that code made something of that name. */
    boolean holds(StackTraceElement frame, String name) {
        return isBy(frame.getClassName()) && isNamed(name);
    }

    /** Whether that code made something all of whose parts have such names. */
    boolean holds(StackTraceElement frame, List<String> parts) {
        if (!isBy(frame.getClassName())) {
            return false;
        }
        for (String part : parts) {
            if (!isNamed(part)) {
                return false;
            }
        }
        return true;
    }

    boolean isNamed(String name) {
        return names.equals(ANY) || pattern().matcher(name).matches();
    }

    /**
     * The names.
     *
     * @throws java.util.regex.PatternSyntaxException if they are no regular expression
     */
    Pattern pattern() {
        Pattern known = pattern;
        if (known == null) {
            known = Pattern.compile(names);
            pattern = known;
        }
        return known;
    }

    /** A library that a build moved keeps the end of its name. */
    private boolean isBy(String type) {
        for (int start = type.indexOf(creator); start >= 0; start = type.indexOf(creator, start + 1)) {
            int end = start + creator.length();
            if ((start == 0 || type.charAt(start - 1) == '.')
                    && (creator.endsWith(".") || end == type.length() || type.charAt(end) == '$')) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return what + " " + creator + " " + names;
    }
}
