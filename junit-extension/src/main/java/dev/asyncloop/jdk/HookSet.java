package dev.asyncloop.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in the JDK, and the class beside them that they call.
 *
 * <p>They are inserted once, when somebody wants to listen. Any thread.
 *
 * @param <L> the interface of that class by which it is given those who listen
 */
final class HookSet<L> {

    private final Class<? extends L> template;
    private final String events;
    private final Class<?> neighbour;
    private final List<Hook> hooks = new ArrayList<>();

    // under the monitor of the class
    private @Nullable L told;
    private @Nullable HookTransformer inserter;
    private @Nullable Throwable failure;

    /** Hooks that call a copy of {@code template}, which is defined beside {@code neighbour} by the full name {@code events}. */
    HookSet(Class<? extends L> template, String events, Class<?> neighbour, String table) {
        this.template = template;
        this.events = events;
        this.neighbour = neighbour;
        for (String line : table.split("\n")) {
            if (!line.isBlank()) {
                hooks.add(Hook.parse(line, events));
            }
        }
    }

    /** Has them inserted, unless that was tried before; who wants to listen hears of what fails. */
    private static void insert(Instrumentation instrumentation, List<HookSet<?>> sets) {
        List<HookSet<?>> defined = new ArrayList<>();
        List<Hook> all = new ArrayList<>();
        for (HookSet<?> set : sets) {
            if (set.told == null && set.failure == null && set.define(instrumentation)) {
                defined.add(set);
                all.addAll(set.hooks);
            }
        }
        if (defined.isEmpty()) {
            return;
        }
        try {
            HookTransformer inserter = HookTransformer.insert(instrumentation, all, !JdkEditor.knowsThisJdk());
            for (HookSet<?> set : defined) {
                set.inserter = inserter;
            }
        } catch (Throwable unknownJdk) {
            for (HookSet<?> set : defined) {
                set.failure = unknownJdk;
            }
        }
    }

    @SuppressWarnings("unchecked") // it is a copy of one that is an L
    private boolean define(Instrumentation instrumentation) {
        try {
            JdkEditor.open(instrumentation, neighbour.getPackageName());
            MethodHandles.Lookup beside = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
            Class<?> copy = JdkEditor.define(template, events, beside);
            told = (L) copy.getConstructor().newInstance();
            return true;
        } catch (Throwable unknownJdk) {
            failure = unknownJdk;
            return false;
        }
    }

    /**
     * What is given those who listen; inserts all hooks before, where that was not done.
     *
     * @throws Throwable if this JDK is too different, each time
     */
    L listeners(Instrumentation instrumentation) throws Throwable {
        synchronized (HookSet.class) {
            insert(
                    instrumentation,
                    List.of(
                            CombinedFutures.HOOKS,
                            ThreadOrigins.HOOKS,
                            DescriptorHooks.HOOKS,
                            this)); // cheaper at once
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(told);
        }
    }

    List<Hook> hooks() {
        return hooks;
    }

    /** Those that were not inserted, since a class that is loaded has no place for them. */
    List<Hook> missing() {
        synchronized (HookSet.class) {
            List<Hook> missing = new ArrayList<>();
            for (Hook hook : inserter == null ? List.<Hook>of() : inserter.missing()) {
                if (hook.told().equals(events)) {
                    missing.add(hook);
                }
            }
            return missing;
        }
    }
}
