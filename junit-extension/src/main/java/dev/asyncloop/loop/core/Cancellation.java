package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/**
 * The requests to cancel one task: how many are open, and how far the interruption has got that tells the body.
 *
 * <pre>
 *          request                 an await of ours noticed it
 *   NONE ───────────▶ SENT ────────────────────────────────────────▶ NONE
 *                      ├─ a blocking call of the JDK took it ──────▶ TAKEN ─── somebody else interrupts ───▶ NONE
 *                      ├─ it came between two phases ──────────────▶ PUT_OFF ─ the next phase begins ──────▶ SENT
 *                      └─ another task withdrew it ────────────────▶ WITHDRAWN ─ the task comes across it ─▶ NONE
 * </pre>
 *
 * <p>A call that cannot be interrupted, such as {@code lock()}, takes it and sets it again when it returns: so what is TAKEN and set
 * has not been noticed.
 *
 * <p>Guarded by itself, and so is the interruption: to the task, a request and its interruption are one.
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

    /** One more request; returns the era it belongs to, to withdraw it by. Any thread. */
    public synchronized int request(@Nullable String reason) {
        requests++;
        message = reason;
        if (state != State.PUT_OFF) {
            state = State.SENT;
            coroutine.interrupt();
        }
        return era;
    }

    /** One request less; without any left, the body is not told of them any more. Returns how many are left. Any thread. */
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

    /** The same for a request of {@code from}; does nothing where that era is over. */
    public synchronized int withdraw(int from) {
        return from == era ? withdraw() : requests;
    }

    public synchronized int requests() {
        return requests;
    }

    /** A new one begins whenever all requests are forgotten. */
    public synchronized int era() {
        return era;
    }

    @Nullable
    synchronized String message() {
        return message;
    }

    /** Whether the interruption that the task has just noticed, and taken, means anything to it. In the task. */
    synchronized boolean noticed() {
        State before = state;
        state = State.NONE;
        if (before == State.NONE) {
            message = null; // somebody else's interruption
        }
        return before != State.WITHDRAWN;
    }

    /** Takes a request that the body has not noticed, and says whether there was one. In the task. */
    synchronized boolean takeUnnoticed() {
        State before = state;
        boolean interrupted = before != State.NONE && before != State.PUT_OFF && Thread.interrupted();
        if (interrupted || before == State.WITHDRAWN) {
            state = State.NONE;
        }
        return interrupted && before != State.WITHDRAWN;
    }

    /** Whether the body has been told of all requests. In the task. */
    public synchronized boolean isNoticed() {
        return switch (state) {
            case SENT, TAKEN -> !coroutine.isInterrupted();
            case PUT_OFF -> false;
            case NONE, WITHDRAWN -> true;
        };
    }

    /** Forgets a request that another task withdrew before the body noticed it. In the task. */
    synchronized void dropWithdrawn() {
        if (state == State.WITHDRAWN) {
            takeUnnoticed();
        }
    }

    /** Whether a blocking call of the JDK that was interrupted was so by a request. In the task. */
    public synchronized boolean mayHaveInterrupted() {
        return requests > 0 && (state == State.SENT || state == State.TAKEN);
    }

    /** The task goes on after it waited: where is the interruption now? Loop thread only, before the task's next step. */
    synchronized void resumed() {
        boolean interrupted = coroutine.isInterrupted();
        if (state == State.SENT && !interrupted) {
            state = State.TAKEN;
        } else if (state == State.TAKEN && interrupted) {
            state = State.NONE;
        }
    }

    /** Keeps a request, whose interruption was just taken, for the next phase. In a main task, between two phases. */
    public synchronized void putOff() {
        if (state == State.SENT || state == State.TAKEN) {
            state = State.PUT_OFF;
        }
    }

    /** Passes on what was put off. In a main task, at the beginning of a phase. */
    public synchronized void deliver() {
        if (state == State.PUT_OFF) {
            state = State.SENT;
            coroutine.interrupt();
        }
    }

    /** Forgets all requests, and says whether the body had not noticed one of them. In a main task, at the end of a phase. */
    public synchronized boolean forget() {
        boolean unnoticed = takeUnnoticed();
        state = State.NONE;
        requests = 0;
        era++;
        return unnoticed;
    }
}
