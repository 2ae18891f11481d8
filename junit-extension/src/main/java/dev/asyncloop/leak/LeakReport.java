package dev.asyncloop.leak;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** What an owner has left behind: what fails it, what is only worth a warning, and what is known. */
public final class LeakReport {

    static final LeakReport NOTHING = new LeakReport("", List.of(), List.of(), List.of());

    private final String owner;
    private final List<Leak> failing;
    private final List<Leak> warnings;

    /** Those of a baseline. */
    private final List<Leak> known;

    LeakReport(String owner, List<Leak> failing, List<Leak> warnings, List<Leak> known) {
        this.owner = owner;
        this.failing = failing;
        this.warnings = warnings;
        this.known = known;
    }

    /** What fails it; empty where nothing does. */
    public Optional<LeakError> failure() {
        return failing.isEmpty() ? Optional.empty() : Optional.of(new LeakError(owner, failing));
    }

    /** Logs the warning, where there is one. */
    void logWarning() {
        warning().ifPresent(text -> System.getLogger("dev.asyncloop").log(Level.WARNING, text));
    }

    /** The text of the warning, as that of a {@link LeakError}; empty where there is none. */
    public Optional<String> warning() {
        return warnings.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(new LeakError(owner, warnings).getMessage()));
    }
}
