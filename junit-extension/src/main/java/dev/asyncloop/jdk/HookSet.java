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

    // under the monitor of this
    private MethodHandles.@Nullable Lookup told;
    private List<Hook> missing = List.of();
    private @Nullable Throwable failure;

    /** Hooks that call a copy of {@code template}, which is defined beside {@code neighbour} by the full name {@code events}. */
    HookSet(Class<?> template, String events, Class<?> neighbour, String table) {
        this.template = template;
        this.events = events;
        this.neighbour = neighbour;
        this.hooks =
                table.lines().filter(line -> !line.isBlank()).map(Hook::parse).toList();
    }

    /**
     * Edits the JDK, unless that was tried before.
     *
     * @throws Throwable if this JDK is too different, each time
     */
    synchronized void insert(Instrumentation instrumentation) throws Throwable {
        if (failure != null) {
            throw failure;
        }
        if (told != null) {
            return;
        }
        try {
            JdkEditor.open(instrumentation, neighbour.getPackageName());
            MethodHandles.Lookup beside = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
            Class<?> defined = JdkEditor.define(template, events, beside);
            missing = JdkEditor.edit(instrumentation, hooks, events);
            told = beside.in(defined);
        } catch (Throwable unknownJdk) {
            failure = unknownJdk;
            throw unknownJdk;
        }
    }

    /** The method that sets who listens, which takes these; inserts the hooks before, as {@link #insert}. */
    synchronized MethodHandle listen(Instrumentation instrumentation, Class<?>... listeners) throws Throwable {
        insert(instrumentation);
        MethodHandles.Lookup inserted = Objects.requireNonNull(told);
        return inserted.findStatic(inserted.lookupClass(), "listen", MethodType.methodType(void.class, listeners));
    }

    /** Those for which this JDK has no place, once they are inserted. */
    synchronized List<Hook> missing() {
        return missing;
    }
}
