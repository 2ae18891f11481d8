package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.References;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The things whose holder is searched for: objects, and the numbers of descriptors that have no object of their own.
 * One thread.
 */
final class Targets {

    private final Map<Object, Integer> objects = new IdentityHashMap<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final Set<Class<?>> types = new HashSet<>();
    private int missing;

    /** Adds things, each with all its parts; one without parts is not searched for. */
    void addAll(List<? extends Collection<?>> things) {
        for (int i = 0; i < things.size(); i++) {
            if (!things.get(i).isEmpty()) {
                add(i, things.get(i));
            }
        }
    }

    /** Adds the thing number {@code index}, which may be several objects or numbers: one that is held is enough. */
    void add(int index, Iterable<?> parts) {
        for (Object part : parts) {
            if (part instanceof Integer number) {
                numbers.put(number, index);
            } else {
                objects.put(part, index);
                types.add(part.getClass());
            }
        }
        missing++;
    }

    boolean isEmpty() {
        return missing == 0;
    }

    /** Whether an object of that class may be one. */
    boolean mayBe(Class<?> type) {
        return types.contains(type);
    }

    /** The field of that class that has the number of a descriptor, if such a number is searched for; else null. */
    @Nullable
    String numberField(Class<?> type) {
        return numbers.isEmpty() ? null : References.numberField(type);
    }

    /** Takes the index of the thing that {@code object} is; -1 if it is none, or was taken. */
    int take(Object object) {
        return take(objects.get(object));
    }

    /**
     * Takes the index of the thing that has the number which {@code object} has; -1 if there is none, if it was taken, or
     * if the object was closed, so that the number may be another's by now.
     */
    int takeNumberOf(Object object, int number) {
        return numbers.containsKey(number) && References.isOpen(object) ? take(numbers.get(number)) : -1;
    }

    private int take(@Nullable Integer index) {
        if (index == null) {
            return -1;
        }
        boolean fresh =
                objects.values().removeIf(index::equals) | numbers.values().removeIf(index::equals);
        missing--;
        return fresh ? index : -1;
    }

    /** Whether the objects of a field's type can lead to nothing. */
    static boolean isLeaf(Class<?> type) {
        return type.isPrimitive()
                || type == String.class
                || type == Class.class
                || type == Integer.class
                || type == Long.class
                || type == Boolean.class
                || type == Field.class
                || type.isArray() && type.getComponentType().isPrimitive();
    }
}
