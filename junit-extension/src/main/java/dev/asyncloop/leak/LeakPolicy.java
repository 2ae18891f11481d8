package dev.asyncloop.leak;

import java.util.EnumMap;
import java.util.Map;

/** The mode of each kind of leak. Immutable; any thread. */
public final class LeakPolicy {

    private static final LeakPolicy DEFAULTS = new LeakPolicy(Map.of());

    /** The modes that differ from the default of their kind. */
    private final Map<LeakKind, LeakMode> modes;

    private LeakPolicy(Map<LeakKind, LeakMode> modes) {
        this.modes = modes;
    }

    /**
     * The policy in which each kind has its {@linkplain LeakKind#defaultMode default mode}: facts fail, guesses warn.
     */
    public static LeakPolicy defaults() {
        return DEFAULTS;
    }

    /** This policy with another mode for one kind. */
    public LeakPolicy with(LeakKind kind, LeakMode mode) {
        Map<LeakKind, LeakMode> changed = new EnumMap<>(LeakKind.class);
        changed.putAll(modes);
        changed.put(kind, mode);
        return new LeakPolicy(changed);
    }

    /** This policy with one mode for all kinds. */
    public LeakPolicy withAll(LeakMode mode) {
        LeakPolicy changed = this;
        for (LeakKind kind : LeakKind.values()) {
            changed = changed.with(kind, mode);
        }
        return changed;
    }

    /** The mode of leaks of that kind. */
    public LeakMode mode(LeakKind kind) {
        return modes.getOrDefault(kind, kind.defaultMode());
    }
}
