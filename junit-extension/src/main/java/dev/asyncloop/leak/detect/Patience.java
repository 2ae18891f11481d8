package dev.asyncloop.leak.detect;

import java.util.function.BooleanSupplier;

/**
 * Waits while something may still end: a little at first, and longer each time. An interrupt does not cut it short, for
 * what is found must be certain; {@link #end} sets it again. One thread.
 */
public final class Patience {

    private final Pause pause;
    private boolean interrupted;

    /** {@code pause} lets time pass. */
    public Patience(Pause pause) {
        this.pause = pause;
    }

    /**
     * Waits while {@code goesOn} says so, {@code limit} milliseconds at most, in steps of no more than {@code longest}.
     * It is asked once more after the last step.
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

    /** Waits for the end of a thread. */
    public void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException later) {
            interrupted = true;
        }
    }

    /** Sets the interrupt again that came meanwhile, if one did. */
    public void end() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
