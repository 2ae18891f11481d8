package dev.asyncloop.leak;

import java.util.List;
import java.util.Optional;

/**
 * All that one owner has left behind. Immutable; any thread.
 *
 * @param owner the owner's name in messages
 * @param failing the leaks that fail the owner
 * @param warnings the leaks that are only worth a warning
 * @param known the leaks that a baseline names
 * @param kept what is open and no leak, since something holds it for the whole run, such as a static client
 * @param suspects the names of those who may have left them, if nobody knows who did; else empty
 */
public record LeakReport(
        String owner,
        List<Leak> failing,
        List<Leak> warnings,
        List<Leak> known,
        List<Leak> kept,
        List<String> suspects) {

    public LeakReport {
        failing = List.copyOf(failing);
        warnings = List.copyOf(warnings);
        known = List.copyOf(known);
        kept = List.copyOf(kept);
        suspects = List.copyOf(suspects);
    }

    /** The error that fails the owner; empty if nothing does. */
    public Optional<LeakError> failure() {
        return failing.isEmpty() ? Optional.empty() : Optional.of(new LeakError(owner, failing));
    }

    /** The text of the warning, worded as that of a {@link LeakError}; empty if there is none. */
    public Optional<String> warning() {
        return warnings.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(new LeakError(owner, warnings).getMessage()));
    }
}
