package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/**
 * The requests to cancel one coroutine: how many are open, and where the interruption is by which the body learns of
 * them.
 *
 * <pre>
 *          request                 an await of ours noticed it
 *   NONE ───────────▶ SENT ────────────────────────────────────────▶ NONE
 *                      ├─ a blocking call of the JDK took it ──────▶ TAKEN ─── somebody else interrupts ───▶ NONE
 *                      ├─ it came between two phases ──────────────▶ PUT_OFF ─ the next phase begins ──────▶ SENT
 *                      └─ another task withdrew it ────────────────▶ WITHDRAWN ─ the task comes across it ─▶ NONE
 * </pre>
 *
 * <p>A call that cannot be interrupted, such as {@code lock()}, clears the interrupt status and sets it again when it
 * returns. So a request that is TAKEN while the status is set has not been noticed.
 *
 * <p>Guarded by itself. The interruption happens under the same lock, so that the coroutine sees a request and its
 * interruption as one.
 */
public final class Cancellation {

    private enum State {
        NONE,
        SENT,
        TAKEN,
        PUT_OFF,
        WITHDRAWN
    }

    private final Coroutine coroutine;
    private State state = State.NONE;
    private int requests;
    private int era;
    private @Nullable String message;

    Cancellation(Coroutine coroutine) {
        this.coroutine = coroutine;
    }

    /** Adds a request. Returns its era, by which it can be withdrawn. Any thread. */
    public synchronized int request(@Nullable String reason) {
        requests++;
        message = reason;
        if (state != State.PUT_OFF) {
            state = State.SENT;
            coroutine.interrupt();
        }
        return era;
    }

    /**
     * Withdraws one request, and returns how many are left. With the last one, a request that the body has not noticed
     * is forgotten. Any thread.
     */
    public synchronized int withdraw() {
        if (requests > 0 && --requests == 0) {
            boolean elsewhere = Thread.currentThread() != coroutine.thread();
            if (state == State.SENT && elsewhere) { // only a thread itself can take its interruption back
                state = State.WITHDRAWN;
            } else {
                takeUnnoticed();
                state = State.NONE;
            }
        }
        return requests;
    }

    /** The same for a request of the era {@code from}; does nothing once that era is over. */
    public synchronized int withdraw(int from) {
        return from == era ? withdraw() : requests;
    }

    public synchronized int requests() {
        return requests;
    }

    /** The current era. A new one begins whenever all requests are forgotten. */
    public synchronized int era() {
        return era;
    }

    @Nullable
    synchronized String message() {
        return message;
    }

    /**
     * The coroutine has noticed an interruption and cleared it. Returns whether it should heed that: not if the request
     * was withdrawn. In the coroutine.
     */
    synchronized boolean noticed() {
        State before = state;
        state = State.NONE;
        if (before == State.NONE) {
            message = null; // somebody else's interruption
        }
        return before != State.WITHDRAWN;
    }

    /** Takes a request that the body has not noticed, and returns whether there was one. In the coroutine. */
    synchronized boolean takeUnnoticed() {
        State before = state;
        boolean interrupted = before != State.NONE && before != State.PUT_OFF && Thread.interrupted();
        if (interrupted || before == State.WITHDRAWN) {
            state = State.NONE;
        }
        return interrupted && before != State.WITHDRAWN;
    }

    /** Whether the body has noticed every request. In the coroutine. */
    public synchronized boolean isNoticed() {
        return switch (state) {
            case SENT, TAKEN -> !coroutine.isInterrupted();
            case PUT_OFF -> false;
            case NONE, WITHDRAWN -> true;
        };
    }

    /** Forgets a request that another task withdrew before the body noticed it. In the coroutine. */
    synchronized void dropWithdrawn() {
        if (state == State.WITHDRAWN) {
            takeUnnoticed();
        }
    }

    /** Whether a request may be what interrupted a blocking call of the JDK. In the coroutine. */
    public synchronized boolean mayHaveInterrupted() {
        return requests > 0 && (state == State.SENT || state == State.TAKEN);
    }

    /** Finds out where the interruption is after a wait. Loop thread only, before the coroutine's next step. */
    synchronized void resumed() {
        boolean interrupted = coroutine.isInterrupted();
        if (state == State.SENT && !interrupted) {
            state = State.TAKEN;
        } else if (state == State.TAKEN && interrupted) {
            state = State.NONE;
        }
    }

    /**
     * Keeps a request for the next phase; its interruption was just cleared. In a main coroutine, between two phases.
     */
    public synchronized void putOff() {
        if (state == State.SENT || state == State.TAKEN) {
            state = State.PUT_OFF;
        }
    }

    /** Tells the body of a request that was put off. In a main coroutine, at the beginning of a phase. */
    public synchronized void deliver() {
        if (state == State.PUT_OFF) {
            state = State.SENT;
            coroutine.interrupt();
        }
    }

    /**
     * Forgets all requests, and returns whether there was one that the body had not noticed. In a main coroutine, at
     * the end of a phase.
     */
    public synchronized boolean forget() {
        boolean unnoticed = takeUnnoticed();
        state = State.NONE;
        requests = 0;
        era++;
        return unnoticed;
    }
}
