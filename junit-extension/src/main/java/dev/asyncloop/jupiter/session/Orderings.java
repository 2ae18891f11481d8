package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.loop.Ordering;
import dev.asyncloop.text.Note;

/** Notes on a failure in which order the tasks ran. */
final class Orderings {

    private Orderings() {}

    /** Adds a note that says how to repeat the order, unless it is the usual one. */
    static void note(Throwable failure, Ordering ordering) {
        if (!ordering.equals(Ordering.fifo())) {
            failure.addSuppressed(new Note("the tasks ran in a shuffled order; " + Constants.ORDERING_PARAMETER + " = "
                    + ordering + " repeats it"));
        }
    }
}
