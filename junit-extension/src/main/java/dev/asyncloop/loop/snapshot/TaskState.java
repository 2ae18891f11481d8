package dev.asyncloop.loop.snapshot;

import dev.asyncloop.text.Words;
import java.time.Duration;

/**
 * What a task was doing at one moment.
 *
 * @param phase how far it had come
 * @param since how long it had been running or suspended; zero for less than two seconds, and if unknown
 * @param in what it was suspended in, such as {@code sleep, 5 s left}; empty where it was not suspended
 */
public record TaskState(Phase phase, Duration since, String in) {

    /** How far a task has come. */
    public enum Phase {
        /** It never ran. */
        NOT_STARTED("not started"),
        /** It waits for its turn. */
        READY("ready to run"),
        /** It has its turn. */
        RUNNING("running"),
        /** It waits for something else. */
        SUSPENDED("suspended"),
        /** It returned. */
        FINISHED("finished"),
        /** It threw. */
        FAILED("failed"),
        /** It was cancelled. */
        CANCELLED("cancelled");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        /** As messages call it, such as {@code not started}. */
        @Override
        public String toString() {
            return words;
        }
    }

    public static TaskState of(Phase phase) {
        return new TaskState(phase, Duration.ZERO, "");
    }

    /** In words, such as {@code suspended for 3 s in sleep, 5 s left}. */
    @Override
    public String toString() {
        return phase + (since.isZero() ? "" : " for " + Words.of(since)) + (in.isEmpty() ? "" : " in " + in);
    }
}
