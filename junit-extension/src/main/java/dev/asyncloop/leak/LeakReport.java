package dev.asyncloop.leak;

import java.util.List;
import java.util.Optional;

/**
 * What an owner has left behind.
 *
 * @param owner what messages call the owner
 * @param failing what fails it
 * @param warnings what is only worth a warning
 * @param known what a baseline names
 * @param suspects who may have left it, by their names, where nobody knows; else empty
 */
public record LeakReport(
        String owner, List<Leak> failing, List<Leak> warnings, List<Leak> known, List<String> suspects) {

    public LeakReport {
        failing = List.copyOf(failing);
        warnings = List.copyOf(warnings);
        known = List.copyOf(known);
        suspects = List.copyOf(suspects);
    }

    /** What fails it; empty where nothing does. */
    public Optional<LeakError> failure() {
        return failing.isEmpty() ? Optional.empty() : Optional.of(new LeakError(owner, failing));
    }

    /** The text of the warning, as that of a {@link LeakError}; empty where there is none. */
    public Optional<String> warning() {
        return warnings.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(new LeakError(owner, warnings).getMessage()));
    }
}
