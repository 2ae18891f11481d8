package dev.asyncloop.leak;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What becomes of the leaks of each kind, and which ones are allowed. Immutable, but for what its allowances remember. */
public final class LeakPolicy {

    private static final LeakPolicy DEFAULTS = new LeakPolicy(Map.of(), List.of());

    /** Without those that have the mode of their kind. */
    private final Map<LeakKind, LeakMode> modes;

    private final List<Allowance> allowances;

    private LeakPolicy(Map<LeakKind, LeakMode> modes, List<Allowance> allowances) {
        this.modes = modes;
        this.allowances = allowances;
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
        return new LeakPolicy(changed, allowances);
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
                        modes, Stream.concat(allowances.stream(), more.stream()).toList());
    }

    /** What becomes of leaks of that kind. */
    public LeakMode mode(LeakKind kind) {
        return modes.getOrDefault(kind, kind.defaultMode());
    }

    /** Whether nobody is to hear of any of these. */
    boolean isOff(LeakKind... kinds) {
        return Stream.of(kinds).allMatch(kind -> mode(kind) == LeakMode.OFF);
    }

    /** Divides what {@code owner} has left behind. What hangs below another goes where that goes. */
    LeakReport judge(String owner, List<Leak> leaks) {
        return leaks.isEmpty()
                ? LeakReport.NOTHING
                : new LeakReport(owner, those(LeakMode.FAIL, leaks), those(LeakMode.WARN, leaks));
    }

    private List<Leak> those(LeakMode mode, List<Leak> leaks) {
        return leaks.stream()
                .filter(leak -> mode(leak.root().kind()) == mode && !isAllowed(leak.root()) && !isAllowed(leak))
                .toList();
    }

    private boolean isAllowed(Leak leak) {
        boolean allowed = false;
        for (Allowance allowance : allowances) { // each, since each remembers it
            allowed |= allowance.allows(leak);
        }
        return allowed;
    }
}
