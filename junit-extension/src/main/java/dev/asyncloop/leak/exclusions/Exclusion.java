package dev.asyncloop.leak.exclusions;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row: the things of one sort that a class or package makes under certain names. Both the maker and the name must
 * fit. Any thread.
 */
final class Exclusion {

    private static final String ANY = ".*";

    private final What what;
    private final String creator;
    private final String names;
    private final String test;

    /** Compiled when the creator of a thing first fits: most rows never need it. Any thread. */
    private volatile @Nullable Pattern pattern;

    /**
     * {@code names} is a regular expression. {@code test} is the test that fails without this row; blank if there is
     * none.
     */
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

    /** Whether the row covers a thing of that name which was made by the code of {@code frame}. */
    boolean holds(StackTraceElement frame, String name) {
        return isBy(frame.getClassName()) && isNamed(name);
    }

    /**
     * Whether the row covers a thing which was made by the code of {@code frame} and all of whose parts have such
     * names.
     */
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

    boolean isForAnyName() {
        return names.equals(ANY);
    }

    /** Whether its creator is a package. */
    boolean isOfPackage() {
        return creator.endsWith(".");
    }

    boolean isNamed(String name) {
        return names.equals(ANY) || pattern().matcher(name).matches();
    }

    /**
     * The regular expression of the names.
     *
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    Pattern pattern() {
        Pattern known = pattern;
        if (known == null) {
            known = Pattern.compile(names);
            pattern = known;
        }
        return known;
    }

    /**
     * Whether the class or package of the row made it. A library that a build moved to another package keeps the end of
     * its name.
     */
    boolean isBy(String type) {
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
