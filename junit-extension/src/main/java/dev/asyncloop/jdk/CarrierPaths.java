package dev.asyncloop.jdk;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a carrier from using the path of a virtual thread. From JDK 27 on, a thread keeps a native copy of the last
 * path that it used. Virtual threads overwrite the copy of their carrier, and the carrier does not notice.
 */
public final class CarrierPaths {

    private static final boolean ARE_KEPT = Runtime.version().feature() >= 27;

    private CarrierPaths() {}

    /**
     * Makes the current thread keep a path that nobody else uses. To be called on a carrier, between two virtual
     * threads.
     */
    public static void disown() {
        if (ARE_KEPT) {
            Files.exists(Path.of("/"));
        }
    }
}
