package dev.asyncloop.samples.zoo;

import dev.asyncloop.leak.LeakKind;
import java.util.concurrent.Callable;

/**
 * Some way to leave something behind, and its clean twin, which closes what it opened.
 *
 * @param name what is left; the line that leaves it is the one of this name in the source of its wing
 * @param kind as what it must be found
 * @param when when it must be found
 * @param open opens it
 */
record Exhibit(String name, LeakKind kind, When when, Callable<? extends AutoCloseable> open) {

    enum When {
        ALWAYS,
        /** In a test that runs alone: a thread opens it of which nobody knows for whom it works. */
        ALONE,
        /** It is nothing that anybody has to close. */
        NEVER
    }

    @Override
    public String toString() {
        return name;
    }
}
