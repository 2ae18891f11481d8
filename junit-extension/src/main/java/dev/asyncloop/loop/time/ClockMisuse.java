package dev.asyncloop.loop.time;

import java.time.Duration;

/** The sentences for wrong uses of a clock. */
final class ClockMisuse {

    private ClockMisuse() {}

    static IllegalArgumentException cannotGoBack(Duration duration) {
        return new IllegalArgumentException("A clock cannot go back: advance by " + duration);
    }

    static IllegalStateException withoutLoop() {
        return new IllegalStateException("The clock has no loop yet: give it to one with LoopOptions.clock");
    }

    static IllegalStateException ofAnotherLoop() {
        return new IllegalStateException("A virtual clock is for one loop: make a new one for each");
    }
}
