package dev.asyncloop.samples.zoo;

import dev.asyncloop.leak.LeakKind;
import java.util.concurrent.Callable;

/**
 * Some way to leave something behind, and its clean twin, which closes what it opened.
 *
 * @param name what is left; the line that leaves it is the one of this name in the source of its wing
 * @param kind as what it must be found
 * @param leaks whether it is something that somebody has to close, so that it must be found
 * @param open opens it
 */
record Exhibit(String name, LeakKind kind, boolean leaks, Callable<? extends AutoCloseable> open) {

    @Override
    public String toString() {
        return name;
    }
}
