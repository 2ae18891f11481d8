package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.leaks.LeakRules;
import dev.asyncloop.loop.LoopClock;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.Ordering;
import java.util.function.Supplier;

/**
 * What the loop of a test or a class is like, and what becomes of the leaks.
 *
 * @param scope which tests share it
 * @param phases how long each phase may take
 * @param orderings gives each loop its own, where orders differ
 */
public record SessionSettings(
        Scope scope, boolean virtualTime, LoopOptions phases, Supplier<Ordering> orderings, LeakRules leaks) {

    /** For one loop. */
    LoopOptions loop() {
        LoopOptions ordered = phases.ordering(orderings.get());
        return virtualTime ? ordered.clock(LoopClock.virtual()) : ordered;
    }
}
