package dev.asyncloop.testcontainers.engine;

import dev.asyncloop.leak.LeakDetector;
import dev.asyncloop.origin.Owner;
import java.util.List;

/** Finds containers that were started and left running. Asks the engine only if the owner started a container. */
public final class ContainerDetector implements LeakDetector {

    /** For {@link java.util.ServiceLoader}. */
    public ContainerDetector() {}

    @Override
    public Search begin(Owner owner) {
        return () -> {
            List<Creation> created = Creations.take(owner);
            return created.isEmpty() ? List.of() : RunningContainers.of(created);
        };
    }
}
