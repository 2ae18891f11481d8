package dev.asyncloop.leak;

import java.util.EnumMap;
import java.util.Map;

/** What becomes of the leaks of each kind. Immutable. */
public final class LeakPolicy {

    private static final LeakPolicy DEFAULTS = new LeakPolicy(Map.of());

    /** Without those that have the mode of their kind. */
    private final Map<LeakKind, LeakMode> modes;

    private LeakPolicy(Map<LeakKind, LeakMode> modes) {
        this.modes = modes;
    }

    /** Facts fail, and guesses warn: see {@link LeakKind#defaultMode}. */
    public static LeakPolicy defaults() {
        return DEFAULTS;
    }

    /** This one, with another mode for one kind. */
    public LeakPolicy with(LeakKind kind, LeakMode mode) {
        Map<LeakKind, LeakMode> changed = new EnumMap<>(LeakKind.class);
        changed.putAll(modes);
        changed.put(kind, mode);
        return new LeakPolicy(changed);
    }

    /** This one, with one mode for all kinds. */
    public LeakPolicy withAll(LeakMode mode) {
        LeakPolicy changed = this;
        for (LeakKind kind : LeakKind.values()) {
            changed = changed.with(kind, mode);
        }
        return changed;
    }

    /** What becomes of leaks of that kind. */
    public LeakMode mode(LeakKind kind) {
        return modes.getOrDefault(kind, kind.defaultMode());
    }
}
