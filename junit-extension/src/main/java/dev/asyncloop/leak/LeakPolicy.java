package dev.asyncloop.leak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What becomes of the leaks of each kind, and which ones are allowed. Immutable, but for what its allowances remember. */
public final class LeakPolicy {

    private static final LeakPolicy DEFAULTS = new LeakPolicy(Map.of(), List.of(), leak -> false);

    /** Without those that have the mode of their kind. */
    private final Map<LeakKind, LeakMode> modes;

    private final List<Allowance> allowances;

    private final Predicate<? super Leak> known;

    private LeakPolicy(Map<LeakKind, LeakMode> modes, List<Allowance> allowances, Predicate<? super Leak> known) {
        this.modes = modes;
        this.allowances = allowances;
        this.known = known;
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
        return new LeakPolicy(changed, allowances, known);
    }

    /** This one, with one mode for all kinds. */
    public LeakPolicy withAll(LeakMode mode) {
        LeakPolicy changed = this;
        for (LeakKind kind : LeakKind.values()) {
            changed = changed.with(kind, mode);
        }
        return changed;
    }

    /** This one, with more that is allowed. */
    public LeakPolicy allowing(List<Allowance> more) {
        return more.isEmpty()
                ? this
                : new LeakPolicy(
                        modes, Stream.concat(allowances.stream(), more.stream()).toList(), known);
    }

    /** This one, for another test or class: without a word of what {@code known} accepts. It is asked of nothing that is allowed or off. */
    public LeakPolicy knowing(Predicate<? super Leak> known) {
        return new LeakPolicy(modes, allowances, known);
    }

    /** What becomes of leaks of that kind. */
    public LeakMode mode(LeakKind kind) {
        return modes.getOrDefault(kind, kind.defaultMode());
    }

    /** Whether nobody is to hear of any of these. */
    boolean isOff(LeakKind... kinds) {
        for (LeakKind kind : kinds) {
            if (mode(kind) != LeakMode.OFF) {
                return false;
            }
        }
        return true;
    }

    /** Divides what {@code owner} has left behind. What hangs below another goes where that goes. */
    LeakReport judge(String owner, List<Leak> leaks) {
        if (leaks.isEmpty()) {
            return LeakReport.NOTHING;
        }
        List<Leak> failing = new ArrayList<>();
        List<Leak> warnings = new ArrayList<>();
        List<Leak> silent = new ArrayList<>();
        for (Leak leak : leaks) {
            LeakMode mode = mode(leak.root().kind());
            if (mode != LeakMode.OFF && !isAllowed(leak.root()) && !isAllowed(leak)) {
                (known.test(leak.root()) ? silent : mode == LeakMode.FAIL ? failing : warnings).add(leak);
            }
        }
        return new LeakReport(owner, failing, warnings, silent);
    }

    private boolean isAllowed(Leak leak) {
        boolean allowed = false;
        for (Allowance allowance : allowances) { // each, since each remembers it
            allowed |= allowance.allows(leak);
        }
        return allowed;
    }
}
