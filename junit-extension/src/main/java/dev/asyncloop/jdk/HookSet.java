package dev.asyncloop.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in the JDK, and the class beside them that they call.
 *
 * <p>They are inserted once: by our agent when the JVM starts, while few of the classes concerned are loaded and nothing is compiled, or
 * else when somebody wants to listen. Any thread.
 */
final class HookSet {

    private final Class<?> template;
    private final String events;
    private final Class<?> neighbour;
    private final List<Hook> hooks;

    // under the monitor of the class
    private MethodHandles.@Nullable Lookup told;
    private List<Hook> missing = List.of();
    private @Nullable Throwable failure;

    /** Hooks that call a copy of {@code template}, which is defined beside {@code neighbour} by the full name {@code events}. */
    HookSet(Class<?> template, String events, Class<?> neighbour, String table) {
        this.template = template;
        this.events = events;
        this.neighbour = neighbour;
        this.hooks = table.lines()
                .filter(line -> !line.isBlank())
                .map(line -> Hook.parse(line, events))
                .toList();
    }

    /** Edits the JDK for all of them at once, unless that was tried before; who wants to listen hears of what fails. */
    static synchronized void insert(Instrumentation instrumentation, List<HookSet> sets) {
        List<HookSet> defined = sets.stream()
                .filter(set -> set.told == null && set.failure == null)
                .filter(set -> set.define(instrumentation))
                .toList();
        if (defined.isEmpty()) {
            return;
        }
        try {
            List<Hook> missing = JdkEditor.edit(
                    instrumentation,
                    defined.stream().flatMap(set -> set.hooks.stream()).toList());
            defined.forEach(set ->
                    set.missing = set.hooks.stream().filter(missing::contains).toList());
        } catch (Throwable unknownJdk) {
            defined.forEach(set -> set.failure = unknownJdk);
        }
    }

    private boolean define(Instrumentation instrumentation) {
        try {
            JdkEditor.open(instrumentation, neighbour.getPackageName());
            MethodHandles.Lookup beside = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
            told = beside.in(JdkEditor.define(template, events, beside));
            return true;
        } catch (Throwable unknownJdk) {
            failure = unknownJdk;
            return false;
        }
    }

    /**
     * The method that sets who listens, which takes these; inserts the hooks before, where nobody has.
     *
     * @throws Throwable if this JDK is too different, each time
     */
    MethodHandle listen(Instrumentation instrumentation, Class<?>... listeners) throws Throwable {
        synchronized (HookSet.class) {
            insert(instrumentation, List.of(this));
            if (failure != null) {
                throw failure;
            }
            MethodHandles.Lookup inserted = Objects.requireNonNull(told);
            return inserted.findStatic(inserted.lookupClass(), "listen", MethodType.methodType(void.class, listeners));
        }
    }

    /** Those for which this JDK has no place, once they are inserted. */
    List<Hook> missing() {
        synchronized (HookSet.class) {
            return missing;
        }
    }
}
