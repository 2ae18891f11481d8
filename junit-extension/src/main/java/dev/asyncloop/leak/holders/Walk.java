package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.jdk.References;
import dev.asyncloop.leak.holders.Shapes.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search over the graph of objects, breadth first, from roots that are added one after another. An object is visited
 * once. It reads fields by their offsets, so it runs no code of users, and throws nothing.
 *
 * <p>It has a hash table of its own: those of the JDK would take several objects for each that is visited. One thread.
 */
final class Walk {

    /** Arrays with more elements are caches, mostly. They come last. */
    static final int LARGE = 10_000;

    private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 0xfff;

    private final Targets targets;
    private final Shapes shapes;
    private final Limit limit;

    private Object[] objects = new Object[1 << 14];
    private int[] parents = new int[1 << 14];

    /** By what each object was found: a {@link Start}, a field, or null for an element of an array. */
    private @Nullable Object[] ways = new @Nullable Object[1 << 14];

    private int[] table = new int[1 << 16];
    private int count;
    private int next;
    private boolean cut;
    private final Deque<Integer> large = new ArrayDeque<>();
    private final List<Found> found = new ArrayList<>();

    /** When a search ends even if it has not found all: then nobody knows. */
    record Limit(int objects, long nanoTime) {}

    /** That a thing was found, and at which place of the search. */
    record Found(int target, int at) {}

    Walk(Targets targets, Shapes shapes, Limit limit) {
        this.targets = targets;
        this.shapes = shapes;
        this.limit = limit;
    }

    /** Never visits {@code object}. */
    void leaveOut(Object object) {
        enter(object, -1, null);
        next = count;
    }

    /** Adds an object that {@code start} refers to. */
    void add(@Nullable Object object, Start start) {
        add(object, -1, start);
    }

    /** Goes on until all is visited or found. Returns what was found since the last call. */
    List<Found> run() {
        while (next < count && !targets.isEmpty() && !isCut()) {
            expand(next++);
        }
        return taken();
    }

    /** Visits what large arrays refer to. */
    List<Found> runLarge() {
        List<Found> all = new ArrayList<>();
        while (!large.isEmpty() && !targets.isEmpty() && !isCut()) {
            int at = large.remove();
            addAll((Object[]) objects[at], at);
            all.addAll(run());
        }
        return all;
    }

    private List<Found> taken() {
        List<Found> taken = List.copyOf(found);
        found.clear();
        return taken;
    }

    /** The number of objects that were visited. */
    int visited() {
        return count;
    }

    boolean isCut() {
        cut |= count > limit.objects
                || (next & BETWEEN_LOOKS_AT_THE_CLOCK) == 0 && System.nanoTime() - limit.nanoTime > 0;
        return cut;
    }

    private void expand(int at) {
        Object object = objects[at];
        if (object instanceof Object[] array) {
            if (array.length > LARGE) {
                large.add(at);
            } else {
                addAll(array, at);
            }
            return;
        }
        Shape shape = shapes.of(object.getClass());
        boolean register = ways[at] instanceof Start start && start.isOfLibrary() || shape.isSingleton(object);
        for (int i = 0; i < shape.offsets().length; i++) {
            Object value = ObjectFields.reference(object, shape.offsets()[i]);
            if (!(register && isCollection(value))) {
                add(value, at, shape.fields().get(i));
            }
        }
    }

    private void addAll(Object[] array, int at) {
        if (!Targets.isLeaf(array.getClass().getComponentType())) {
            for (int i = 0; i < array.length && count <= limit.objects; i++) {
                add(array[i], at, null);
            }
        }
    }

    /** Whether it is a collection of the JDK or an array. */
    static boolean isCollection(@Nullable Object value) {
        return value instanceof Object[]
                || (value instanceof Map || value instanceof Collection) && References.isJdk(value.getClass());
    }

    private void add(@Nullable Object object, int from, @Nullable Object way) {
        if (object != null && !Targets.isLeaf(object.getClass()) && enter(object, from, way)) {
            look(object, count - 1);
        }
    }

    private void look(Object object, int at) {
        if (object instanceof Object[]) {
            return;
        }
        Shape shape = shapes.of(object.getClass());
        int target = shape.target() ? targets.take(object) : -1;
        if (target < 0 && shape.number() >= 0) {
            target = targets.takeNumberOf(object, ObjectFields.number(object, shape.number()));
        }
        if (target >= 0) {
            found.add(new Found(target, at));
        }
    }

    /** Notes the object, and returns whether it is new. */
    private boolean enter(Object object, int from, @Nullable Object way) {
        int place = place(object);
        if (table[place] != 0) {
            return false;
        }
        if (count == objects.length) {
            objects = Arrays.copyOf(objects, count * 2);
            parents = Arrays.copyOf(parents, count * 2);
            ways = Arrays.copyOf(ways, count * 2);
        }
        objects[count] = object;
        parents[count] = from;
        ways[count] = way;
        table[place] = ++count;
        if (count * 2 > table.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int i = 0; i < count; i++) {
            table[place(objects[i])] = i + 1;
        }
    }

    /** The place of an object in the table: its own, or the free one where it belongs. */
    private int place(Object object) {
        int mask = table.length - 1;
        int place = (System.identityHashCode(object) * 0x9E3779B9) >>> 8 & mask;
        while (table[place] != 0 && objects[table[place] - 1] != object) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** The places on the way to one, from the root on. */
    List<Integer> way(int at) {
        List<Integer> way = new ArrayList<>();
        for (int each = at; each >= 0; each = parents[each]) {
            way.add(each);
        }
        Collections.reverse(way);
        return way;
    }

    Object object(int at) {
        return objects[at];
    }

    /** By what the object at that place was found: a {@link Start}, a field, or null for an element of an array. */
    @Nullable
    Object by(int at) {
        return ways[at];
    }
}
