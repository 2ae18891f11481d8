package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine in which all phases of a test, a class or a fixture run. It starts with the first. Who has the turn on
 * its loop.
 */
final class MainCoroutine {

    private final Owner owner;
    private final SessionLoop loop;

    /** With how long each phase may take. */
    private final LoopOptions options;

    private final Turn turn = new Turn();

    /** Null before the first phase. */
    private @Nullable MainTask main;

    MainCoroutine(Owner owner, SessionLoop loop, LoopOptions options) {
        this.owner = owner;
        this.loop = loop;
        this.options = options;
    }

    /** The turn of the dynamic tests that share it. */
    Turn turn() {
        return turn;
    }

    /** Runs {@code phase} on the calling thread. What it starts is charged to {@code charged}. */
    <T extends @Nullable Object> T run(Owner charged, Phase<? extends T> phase) {
        MainTask present = main;
        if (present == null) {
            present = loop.get().account(owner).mainTask(owner.name(), options);
            main = present;
        }
        return present.run(charged, phase);
    }

    /** Lets it end: no phase follows. */
    void finish() {
        if (main != null) {
            main.finish();
        }
    }
}
