package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.loop.Ordering;
import dev.asyncloop.text.Note;

/** What a failure says about the order in which tasks ran. */
final class Orderings {

    private Orderings() {}

    /** Adds to a failure how to have the same order again. */
    static void note(Throwable failure, Ordering ordering) {
        if (!ordering.equals(Ordering.fifo())) {
            failure.addSuppressed(new Note("the tasks ran in a shuffled order; " + Constants.ORDERING_PARAMETER + " = "
                    + ordering + " repeats it"));
        }
    }
}
