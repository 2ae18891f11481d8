package dev.asyncloop.loop.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The started generators of a loop whose bodies have not ended. Any thread, where it does not say otherwise. */
public final class GeneratorRegister {

    /** What the core has to know of a generator that is under way. */
    public interface Running {

        /** The number of the coroutine that runs its body. */
        long number();
    }

    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    /** Loop thread only. */
    private boolean closing;

    GeneratorRegister() {}

    /** One has started. */
    public void add(Running generator) {
        running.add(generator);
    }

    /** Its body ended. */
    public void remove(Running generator) {
        running.remove(generator);
    }

    /** Those that are under way, in the order of their start. */
    public List<Running> all() {
        if (running.isEmpty()) {
            return List.of(); // at the end of each test
        }
        List<Running> found = new ArrayList<>(running);
        found.sort(Comparator.comparingLong(Running::number));
        return found;
    }

    /** Whoever starts later is closed by nobody. Loop thread only. */
    public void beginClosing() {
        closing = true;
    }

    /** Whether {@link #beginClosing} was called. Loop thread only. */
    public boolean isClosing() {
        return closing;
    }
}
