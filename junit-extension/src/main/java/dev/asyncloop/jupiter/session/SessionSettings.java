package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.leaks.LeakRules;
import dev.asyncloop.loop.LoopClock;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.Ordering;
import java.util.function.Supplier;

/**
 * The settings of the loop of a test or class, and of its leaks.
 *
 * @param scope which tests share the loop
 * @param virtualTime whether the loop has a virtual clock
 * @param phases the options of each phase, which have the time limit
 * @param orderings gives the ordering of each loop
 * @param leaks what becomes of leaks
 */
public record SessionSettings(
        Scope scope, boolean virtualTime, LoopOptions phases, Supplier<Ordering> orderings, LeakRules leaks) {

    /** The options of one loop. */
    LoopOptions loop() {
        LoopOptions ordered = phases.ordering(orderings.get());
        return virtualTime ? ordered.clock(LoopClock.virtual()) : ordered;
    }
}
