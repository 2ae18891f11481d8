package dev.asyncloop.leak.exclusions;

import dev.asyncloop.origin.trace.Frames;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/**
 * What a search for the holder of a thing must not take for one: what we, a runner or a logger hold, and the lists of
 * everything of a kind. The rows {@code hidden} and {@code holder} name them. One thread; it remembers packages.
 */
public final class SearchRules {

    private final boolean hides;
    private final Map<String, Boolean> hiddenPackages = new HashMap<>();

    /** {@code hides} says whether anything is hidden. */
    public SearchRules(boolean hides) {
        this.hides = hides;
    }

    /** Whether nothing that objects of that class or its static fields refer to counts as held. */
    public boolean isHidden(Class<?> type) {
        String name = type.getName();
        if (!hides || Frames.isOurs(name)) {
            return hides;
        }
        boolean hidden =
                hiddenPackages.computeIfAbsent(type.getPackageName() + ".", each -> isNamed(What.HIDDEN, each, true));
        return (hidden || isNamed(What.HIDDEN, name, false)) && !isHolder(type);
    }

    /** Whether what the field refers to does not count as held. */
    public boolean isHidden(Field field) {
        String type = field.getDeclaringClass().getName();
        if (!hides) {
            return false;
        }
        for (Exclusion row : Exclusions.of(What.HIDDEN)) {
            if (!row.isForAnyName() && row.isBy(type) && row.isNamed(field.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the collections of a library's object or static field hold what is in them. */
    public boolean isHolder(Class<?> type) {
        return isNamed(What.HOLDER, type.getName(), false);
    }

    private static boolean isNamed(What what, String type, boolean isPackage) {
        for (Exclusion row : Exclusions.of(what)) {
            if (row.isForAnyName() && row.isOfPackage() == isPackage && row.isBy(type)) {
                return true;
            }
        }
        return false;
    }
}
