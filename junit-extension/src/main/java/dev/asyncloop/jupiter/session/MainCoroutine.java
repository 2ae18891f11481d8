package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine in which all phases of a test, a class or a fixture run. It starts with the first phase. Used by
 * whoever has the turn on its loop.
 */
final class MainCoroutine {

    private final Owner owner;
    private final SessionLoop loop;

    /** The options of each phase, which have the time limit. */
    private final LoopOptions options;

    private final Turn turn = new Turn();

    /** The task of the coroutine. Null before the first phase. */
    private @Nullable MainTask main;

    MainCoroutine(Owner owner, SessionLoop loop, LoopOptions options) {
        this.owner = owner;
        this.loop = loop;
        this.options = options;
    }

    /** The turn of the dynamic tests that share the coroutine. */
    Turn turn() {
        return turn;
    }

    /** Runs {@code phase} on the calling thread. What the phase starts is charged to {@code charged}. */
    <T extends @Nullable Object> T run(Owner charged, Phase<? extends T> phase) {
        MainTask present = main;
        if (present == null) {
            present = loop.get().account(owner).mainTask(owner.name(), options);
            main = present;
        }
        return present.run(charged, phase);
    }

    /** Ends the coroutine, after the last phase. */
    void finish() {
        if (main != null) {
            main.finish();
        }
    }
}
