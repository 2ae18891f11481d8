package dev.asyncloop.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one part of asyncloop that wants events, and the class in the JDK that they call. A {@link HookTable}
 * inserts them. Any thread.
 *
 * @param <L> the interface by which that class is given its listeners
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
     * Creates hooks that call a copy of {@code template}. The copy is defined beside {@code neighbour}, with the full
     * name {@code receiver}.
     *
     * @param rows one line per hook: the class, the event, the method, {@code before} or {@code after}, and what
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

    /** Defines the class that they call; false if that was tried before, or fails now. */
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

    /** The class that takes the listeners. If that could not be made, throws the reason, each time. */
    synchronized L told() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(told);
    }

    /** The hooks in the JDK that were not inserted, since a loaded class has no place for them. */
    public List<Hook> missing() {
        return missing(true);
    }

    /** The same for libraries. There may be more as soon as another class is loaded. */
    public List<Hook> missingInLibraries() {
        return missing(false);
    }

    private synchronized List<Hook> missing(boolean inJdk) {
        List<Hook> missing = new ArrayList<>();
        for (Hook hook : inserter == null ? List.<Hook>of() : inserter.missing()) {
            if (hook.receiver().equals(receiver) && hook.place().isInJdk() == inJdk) {
                missing.add(hook);
            }
        }
        return missing;
    }
}
