package dev.asyncloop.loop.time;

import java.time.Duration;

/** The sentences for wrong uses of a clock. */
public final class ClockMisuse {

    private ClockMisuse() {}

    public static IllegalArgumentException cannotGoBack(Duration duration) {
        return new IllegalArgumentException("A clock cannot go back: advance by " + duration);
    }

    public static IllegalStateException withoutLoop() {
        return new IllegalStateException("The clock has no loop yet: give it to one with LoopOptions.clock");
    }

    public static IllegalStateException ofAnotherLoop() {
        return new IllegalStateException("A virtual clock is for one loop: make a new one for each");
    }
}
