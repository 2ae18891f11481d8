package dev.asyncloop.loop.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The started generators of a loop whose bodies have not ended. Any thread, where it does not say otherwise. */
public final class GeneratorRegister {

    /** A generator that is under way, as far as the core knows it. */
    public interface Running {

        /** The number of the coroutine that runs its body. */
        long number();
    }

    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    /** Loop thread only. */
    private boolean closing;

    GeneratorRegister() {}

    /** A generator has started. */
    public void add(Running generator) {
        running.add(generator);
    }

    /** The body of a generator ended. */
    public void remove(Running generator) {
        running.remove(generator);
    }

    /** The generators that are under way, in the order of their start. */
    public List<Running> all() {
        if (running.isEmpty()) {
            return List.of(); // quick: each test asks at its end
        }
        List<Running> found = new ArrayList<>(running);
        found.sort(Comparator.comparingLong(Running::number));
        return found;
    }

    /** From now on, generators that start are closed by nobody. Loop thread only. */
    public void beginClosing() {
        closing = true;
    }

    /** Whether {@link #beginClosing} was called. Loop thread only. */
    public boolean isClosing() {
        return closing;
    }
}
