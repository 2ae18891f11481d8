package dev.asyncloop.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one who wants events, and the class in the JDK that they call. They are inserted by a {@link HookTable}.
 * Any thread.
 *
 * @param <L> the interface of that class by which it is given those who listen
 */
public final class HookSet<L> {

    private final Class<? extends L> template;
    private final String receiver;
    private final Class<?> neighbour;
    private final List<Hook> hooks = new ArrayList<>();

    // under the monitor of this
    private @Nullable L told;
    private @Nullable HookTransformer inserter;
    private @Nullable Throwable failure;

    /**
     * Hooks that tell a copy of {@code template}, which is defined beside {@code neighbour} by the full name
     * {@code receiver}.
     *
     * @param rows a line a hook: in which class, what happens, in which of its methods, {@code before} or {@code after}
     *     what
     */
    public HookSet(Class<? extends L> template, String receiver, Class<?> neighbour, String rows) {
        this.template = template;
        this.receiver = receiver;
        this.neighbour = neighbour;
        for (String row : rows.split("\n")) {
            if (!row.isBlank()) {
                hooks.add(Hook.Tell.parse(row, receiver));
            }
        }
    }

    List<Hook> hooks() {
        return hooks;
    }

    /** Defines the class that they call; false where that was tried before, or fails now. */
    @SuppressWarnings("unchecked") // it is a copy of one that is an L
    synchronized boolean define(Instrumentation instrumentation) {
        if (told != null || failure != null) {
            return false;
        }
        try {
            JdkEditor.open(instrumentation, neighbour.getPackageName());
            MethodHandles.Lookup beside = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
            Class<?> copy = JdkEditor.define(template, receiver, beside);
            told = (L) copy.getConstructor().newInstance();
            return true;
        } catch (Throwable unknownJdk) {
            failure = unknownJdk;
            return false;
        }
    }

    synchronized void inserted(HookTransformer by) {
        inserter = by;
    }

    synchronized void failed(Throwable unknownJdk) {
        failure = unknownJdk;
    }

    /** What is given those who listen; throws what made it fail, each time. */
    synchronized L told() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(told);
    }

    /** Those that were not inserted, since a class that is loaded has no place for them. */
    public synchronized List<Hook> missing() {
        List<Hook> missing = new ArrayList<>();
        for (Hook hook : inserter == null ? List.<Hook>of() : inserter.missing()) {
            if (hook.receiver().equals(receiver)) {
                missing.add(hook);
            }
        }
        return missing;
    }
}
