package dev.asyncloop.agent;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * All hooks of this JVM. Whoever wants events registers hooks here; the table does not know who that is.
 *
 * <p>The first listener has all hooks inserted that are registered by then. Most of the time goes into stopping the
 * JVM's threads and looking through its classes, and that takes as long for one hook as for all. Any thread.
 */
public final class HookTable {

    /** The table of this JVM. */
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
     * The class that takes listeners to {@code set}. Inserts all hooks before, unless that was tried already.
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
