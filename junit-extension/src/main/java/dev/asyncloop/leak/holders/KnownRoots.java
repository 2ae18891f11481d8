package dev.asyncloop.leak.holders;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The static fields that have held things before. They are asked before all others: a client of a whole run is found at
 * once, from its second test on. Any thread.
 */
final class KnownRoots {

    private static final int MOST = 100;

    /** The names of the fields, by their class; under this object's monitor. */
    private final Map<Class<?>, Set<String>> fields = new WeakHashMap<>();

    synchronized void note(Start start) {
        if (start.field() != null && fields.size() < MOST) {
            fields.computeIfAbsent(start.field().getDeclaringClass(), none -> new HashSet<>())
                    .add(start.field().getName());
        }
    }

    void addTo(Roots roots) {
        copy().forEach((type, names) -> roots.addStatics(type, field -> names.contains(field.getName())));
    }

    private synchronized Map<Class<?>, Set<String>> copy() {
        return Map.copyOf(fields);
    }
}
