package dev.asyncloop.leak.verdict;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.leak.LeakPolicy;
import dev.asyncloop.leak.LeakReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides what becomes of the leaks of one test or class: by the mode of their kind, by what is allowed, and by what a
 * baseline knows. Any thread. Immutable, except that its allowances note their use.
 */
public final class Judge {

    private static final LeakReport NOTHING = new LeakReport("", List.of(), List.of(), List.of(), List.of(), List.of());

    private final LeakPolicy policy;
    private final List<Allowance> allowances;

    /** Accepts the known leaks. */
    private final Predicate<? super Leak> known;

    private Judge(LeakPolicy policy, List<Allowance> allowances, Predicate<? super Leak> known) {
        this.policy = policy;
        this.allowances = allowances;
        this.known = known;
    }

    /** A judge that allows and knows nothing. */
    public static Judge by(LeakPolicy policy) {
        return new Judge(policy, List.of(), leak -> false);
    }

    /** This judge with another mode for one kind. */
    public Judge with(LeakKind kind, LeakMode mode) {
        return new Judge(policy.with(kind, mode), allowances, known);
    }

    /** This judge with one mode for all kinds. */
    public Judge withAll(LeakMode mode) {
        return new Judge(policy.withAll(mode), allowances, known);
    }

    /** This judge with further allowances. */
    public Judge allowing(List<Allowance> more) {
        return more.isEmpty()
                ? this
                : new Judge(
                        policy,
                        Stream.concat(allowances.stream(), more.stream()).toList(),
                        known);
    }

    /**
     * This judge for another test or class: leaks that {@code known} accepts are neither failures nor warnings.
     * {@code known} is not asked about a leak that is allowed, or whose kind is off.
     */
    public Judge knowing(Predicate<? super Leak> known) {
        return new Judge(policy, allowances, known);
    }

    /** Whether leaks of all these kinds are ignored. */
    public boolean isOff(LeakKind... kinds) {
        for (LeakKind kind : kinds) {
            if (policy.mode(kind) != LeakMode.OFF) {
                return false;
            }
        }
        return true;
    }

    /** Whether a leak is neither a failure nor worth a warning. Notes the use of what lets it pass. */
    public boolean letsPass(Leak leak) {
        return policy.mode(leak.kind()) == LeakMode.OFF || isAllowed(leak) || known.test(leak);
    }

    /**
     * Divides the leaks of {@code owner} into a report. A leak that hangs below another goes where that one goes.
     *
     * @param kept what is open and is nobody's
     */
    public LeakReport judge(String owner, List<Leak> leaks, List<Leak> kept) {
        if (leaks.isEmpty() && kept.isEmpty()) {
            return NOTHING;
        }
        List<Leak> failing = new ArrayList<>();
        List<Leak> warnings = new ArrayList<>();
        List<Leak> silent = new ArrayList<>();
        for (Leak leak : leaks) {
            Leak root = root(leak);
            LeakMode mode = policy.mode(root.kind());
            if (mode != LeakMode.OFF && !isAllowed(root) && !isAllowed(leak)) {
                (known.test(root) ? silent : mode == LeakMode.FAIL ? failing : warnings).add(leak);
            }
        }
        return new LeakReport(owner, failing, warnings, silent, kept, List.of());
    }

    /** The leak itself, or the topmost leak that it hangs below. */
    private static Leak root(Leak leak) {
        Leak root = leak;
        for (Leak above = leak.above(); above != null; above = above.above()) {
            root = above;
        }
        return root;
    }

    private boolean isAllowed(Leak leak) {
        boolean allowed = false;
        for (Allowance allowance : allowances) { // all of them, since each notes its use
            allowed |= allowance.allows(leak);
        }
        return allowed;
    }
}
