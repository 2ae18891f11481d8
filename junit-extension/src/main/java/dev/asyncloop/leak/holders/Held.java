package dev.asyncloop.leak.holders;

import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Whose a thing is by who holds it.
 *
 * @param owner the class that holds it; null if it is no class
 */
public record Held(Whose whose, @Nullable Owner owner, Holder holder) {

    /** Whose a thing can be. */
    public enum Whose {
        /** A class holds it: it lives as long as the class does. */
        OF_CLASS,
        /** It lives as long as the run does. */
        OF_RUN,
        /** Nobody else holds it: it is its creator's. */
        OF_CREATOR
    }
}
