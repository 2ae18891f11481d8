package dev.asyncloop.agent;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * All hooks that somebody wants. Who wants events registers hooks here; the table knows nobody who does.
 *
 * <p>The first one to listen has all hooks inserted that are registered by then. What takes longest is that the JVM
 * stops its threads and looks through its classes, and that it does once, whether for one hook or for all. Any thread.
 */
public final class HookTable {

    /** The one of this JVM. */
    public static final HookTable OF_THIS_JVM = new HookTable();

    /** Under the monitor of this. */
    private final List<HookSet<?>> sets = new ArrayList<>();

    HookTable() {}

    /** Adds a set of hooks, and returns it. */
    public synchronized <L> HookSet<L> register(HookSet<L> set) {
        sets.add(set);
        return set;
    }

    /**
     * What is given those who listen to {@code set}; inserts all hooks before, where that was not tried before.
     *
     * @throws Throwable if this JDK is too different, each time
     */
    public synchronized <L> L listeners(HookSet<L> set, Instrumentation instrumentation) throws Throwable {
        if (!sets.contains(set)) {
            throw new IllegalArgumentException("hooks that nobody registered");
        }
        insert(instrumentation);
        return set.told();
    }

    private void insert(Instrumentation instrumentation) {
        List<HookSet<?>> defined = new ArrayList<>();
        List<Hook> hooks = new ArrayList<>();
        for (HookSet<?> set : sets) {
            if (set.define(instrumentation)) {
                defined.add(set);
                hooks.addAll(set.hooks());
            }
        }
        if (defined.isEmpty()) {
            return;
        }
        try {
            HookTransformer inserter = HookTransformer.insert(instrumentation, hooks, !JdkEditor.knowsThisJdk());
            for (HookSet<?> set : defined) {
                set.inserted(inserter);
            }
        } catch (Throwable unknownJdk) {
            for (HookSet<?> set : defined) {
                set.failed(unknownJdk);
            }
        }
    }

    synchronized List<HookSet<?>> sets() {
        return List.copyOf(sets);
    }
}
