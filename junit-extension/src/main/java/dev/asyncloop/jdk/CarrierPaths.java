package dev.asyncloop.jdk;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * From JDK 27 on, a thread keeps the last path that it used as a native copy. Virtual threads overwrite the copy of
 * their carrier unnoticed, and the carrier would take it for its own.
 */
public final class CarrierPaths {

    private static final boolean ARE_KEPT = Runtime.version().feature() >= 27;

    private CarrierPaths() {}

    /**
     * Gives the current thread the copy of a path that nobody else has. To be called on a carrier, between two virtual
     * threads.
     */
    public static void disown() {
        if (ARE_KEPT) {
            Files.exists(Path.of("/"));
        }
    }
}
