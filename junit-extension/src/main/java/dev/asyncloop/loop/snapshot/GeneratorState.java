package dev.asyncloop.loop.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * What the body of a generator was doing at one moment.
 *
 * @param stage how far it had come
 * @param publisher the class of the publisher that it takes its values from; null for a body of the user's code
 * @param body what the task of the body was doing; null if it has not started
 */
public record GeneratorState(
        Stage stage, @Nullable String publisher, @Nullable TaskState body) {

    /** How far a generator has come. */
    public enum Stage {
        /** Nobody has asked for a value. */
        NOT_STARTED,
        /** Its publisher has not called {@code onSubscribe}. */
        SUBSCRIBING,
        /** It makes the next value, or has ended. */
        ACTIVE,
        /** It rests in {@code emit} until somebody asks for more. */
        RESTING
    }

    /** One that nobody has asked for a value. */
    public static GeneratorState notStarted() {
        return new GeneratorState(Stage.NOT_STARTED, null, null);
    }

    /** In words, such as {@code suspended in emit}. */
    @Override
    public String toString() {
        return switch (stage) {
            case NOT_STARTED -> "not started";
            case SUBSCRIBING -> "waiting for onSubscribe of " + publisher;
            case ACTIVE -> publisher == null ? String.valueOf(body) : subscribed("waiting for the next item");
            case RESTING -> publisher == null ? "suspended in emit" : subscribed("suspended in emit");
        };
    }

    private String subscribed(String then) {
        return "subscribed to " + publisher + ", " + then;
    }
}
