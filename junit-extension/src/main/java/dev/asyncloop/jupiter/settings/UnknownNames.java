package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds configured names that look like ours and that we do not know. */
final class UnknownNames {

    private static final String OURS = "asyncloop.";

    private UnknownNames() {}

    /** A complaint about each unknown name among {@code configured}, in alphabetical order. */
    static List<String> complaints(Collection<String> configured) {
        Set<String> ours = new TreeSet<>();
        for (String name : configured) {
            if (name.startsWith(OURS)) {
                ours.add(name);
            }
        }
        return ours.isEmpty() ? List.of() : complaints(ours, known());
    }

    private static List<String> complaints(Set<String> ours, List<String> known) {
        List<String> complaints = new ArrayList<>();
        for (String name : ours) {
            if (!known.contains(name)) {
                complaints.add("There is no configuration parameter " + name + ", and it says nothing; did you mean "
                        + nearest(name, known) + "?");
            }
        }
        return complaints;
    }

    /**
     * The known names. They include our system property, since JUnit counts all system properties among its
     * parameters.
     */
    private static List<String> known() {
        List<String> known = new ArrayList<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            known.add(parameter.name());
        }
        known.add(Constants.SELF_ATTACH_PROPERTY);
        return known;
    }

    private static String nearest(String name, List<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String each : known) {
            int distance = each.startsWith(name)
                    ? 0
                    : distance(name, each); // a name cut short is close, however much is missing
            if (distance < least) {
                nearest = each;
                least = distance;
            }
        }
        return nearest;
    }

    /** The number of characters to insert, delete or replace to turn one into the other (Levenshtein). */
    static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] present = new int[above.length];
            present[0] = row;
            for (int column = 1; column < above.length; column++) {
                int replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                present[column] = Math.min(replaced, 1 + Math.min(above[column], present[column - 1]));
            }
            above = present;
        }
        return above[other.length()];
    }
}
