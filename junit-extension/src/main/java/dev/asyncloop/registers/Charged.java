package dev.asyncloop.registers;

import dev.asyncloop.origin.Owner;

/** Something that was made or opened, and is its creator's until somebody finds out who holds it. Any thread. */
public interface Charged {

    /** From now on it is {@code owner}'s, and so is what it makes. */
    void give(Owner owner);

    /** Whether it is still there: open, or able to make other things. */
    boolean isThere();

    /** From now on it is nobody's, and so is what it makes: something holds it for the whole run. */
    void keep();
}
