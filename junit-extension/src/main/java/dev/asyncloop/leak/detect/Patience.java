package dev.asyncloop.leak.detect;

import java.util.function.BooleanSupplier;

/**
 * Waits while something may still end, at first a little, then longer each time. An interrupt does not shorten the
 * wait, since a leak must be certain; {@link #end} restores it. One thread.
 */
public final class Patience {

    /** How long a thing may take to end after its account, in milliseconds. It is the same for all kinds. */
    public static final long MILLIS = 1_000;

    /** How long a thing that a thread of its owner opened may take, while that thread is there: it may be shutting down. */
    public static final long MILLIS_OF_THREAD = 2_000;

    private final Pause pause;
    private boolean interrupted;

    /** {@code pause} lets time pass. */
    public Patience(Pause pause) {
        this.pause = pause;
    }

    /**
     * Waits while {@code goesOn} is true, at most {@code limit} milliseconds, in steps of at most {@code longest}
     * milliseconds. Asks {@code goesOn} once more after the last step.
     */
    public void waitWhile(BooleanSupplier goesOn, long limit, long longest) {
        long step = 1;
        for (long waited = 0; goesOn.getAsBoolean() && waited < limit; waited += step, step *= 2) {
            step = Math.min(step, Math.min(longest, limit - waited));
            try {
                pause.pause(step);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
    }

    /** Restores the interrupt that came while this waited, if one did. */
    public void end() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
