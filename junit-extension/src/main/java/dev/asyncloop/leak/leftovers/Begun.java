package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.registers.Beginning;
import java.util.List;

/** A leftover that is known by the moment at which it began. */
interface Begun extends Leftover {

    /** When it was made. */
    Beginning beginning();

    @Override
    default Object identity() {
        return beginning();
    }

    @Override
    default List<Beginning> charged() {
        return List.of(beginning());
    }
}
