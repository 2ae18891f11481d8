package dev.asyncloop.loop.snapshot;

import dev.asyncloop.loop.core.PendingCall;

/** The kinds of callbacks and timers. */
public enum HandleKind {
    /** Called in the next turn. */
    CALLBACK("callback"),
    /** Called once it is due. */
    TIMER("timer"),
    /** What an executor view runs once it is due. */
    DELAYED_COMMAND("delayed command"),
    /** What an executor view runs again and again. */
    PERIODIC_COMMAND("periodic command");

    private final String words;

    HandleKind(String words) {
        this.words = words;
    }

    static HandleKind of(PendingCall.Kind kind) {
        return switch (kind) {
            case CALLBACK -> CALLBACK;
            case TIMER -> TIMER;
            case DELAYED_COMMAND -> DELAYED_COMMAND;
            case PERIODIC_COMMAND -> PERIODIC_COMMAND;
        };
    }

    /** Whether it was given to an executor view. */
    public boolean isCommand() {
        return this == DELAYED_COMMAND || this == PERIODIC_COMMAND;
    }

    /** As messages call it, such as {@code delayed command}. */
    @Override
    public String toString() {
        return words;
    }
}
