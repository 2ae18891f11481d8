package dev.asyncloop.leak;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an owner has left behind: what fails it, and what is only worth a warning. */
public final class LeakReport {

    static final LeakReport NOTHING = new LeakReport("", List.of(), List.of());

    private final String owner;
    private final List<Leak> failing;
    private final List<Leak> warnings;

    LeakReport(String owner, List<Leak> failing, List<Leak> warnings) {
        this.owner = owner;
        this.failing = failing;
        this.warnings = warnings;
    }

    boolean isEmpty() {
        return failing.isEmpty() && warnings.isEmpty();
    }

    /** All of it, of which nobody can fail any more. */
    List<Leak> all() {
        return Stream.concat(failing.stream(), warnings.stream()).toList();
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
