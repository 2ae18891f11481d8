package dev.asyncloop.jdk;

import java.lang.ref.WeakReference;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Register of what was begun for an owner and may still be there. What nobody owns costs a look and is not kept.
 *
 * <p>Any thread. Called from within {@code Thread.start}, this never blocks; the collections are those that have no locks.
 */
final class Beginnings {

    /** How many things others may make between two constructors of one. */
    private static final int LOOK_BACK = 64;

    /** By the thread's number, which is never used again. */
    private final ConcurrentMap<Long, Beginning> threads = new ConcurrentSkipListMap<>();

    private final Deque<Beginning> others = new ConcurrentLinkedDeque<>();
    private final Supplier<? extends @Nullable Object> runningOwner;

    /** Cleared by the next run of the garbage collector, after which there may be something to forget. */
    private volatile WeakReference<Object> garbage = new WeakReference<>(new Object());

    /** {@code runningOwner} says whom that is charged to which the loop on the current thread runs now; null where none does. */
    Beginnings(Supplier<? extends @Nullable Object> runningOwner) {
        this.runningOwner = runningOwner;
    }

    /** A platform thread is about to start, or something else was made by the current thread. */
    void began(Object thing) {
        Object owner = currentOwner();
        if (owner == null) {
            return;
        }
        if (garbage.refersTo(null)) {
            garbage = new WeakReference<>(new Object());
            forgetGarbage();
        }
        if (thing instanceof Thread thread) {
            threads.put(thread.threadId(), new Beginning(thread, owner));
        } else if (!wasJustTold(thing)) {
            others.add(new Beginning(thing, owner));
        }
    }

    /** Whether an inner constructor told of it. */
    private boolean wasJustTold(Object thing) {
        Iterator<Beginning> newest = others.descendingIterator();
        for (int i = 0; i < LOOK_BACK && newest.hasNext(); i++) {
            if (newest.next().refersTo(thing)) {
                return true;
            }
        }
        return false;
    }

    /** What began for {@code owner} and was not collected. */
    List<Beginning> of(Object owner) {
        return threads.isEmpty() && others.isEmpty()
                ? List.of()
                : all().filter(beginning -> beginning.isBy(owner)).toList();
    }

    /** The start of a thread, null where it has no owner. */
    @Nullable
    Beginning of(Thread thread) {
        return threads.get(thread.threadId());
    }

    void forget(Object owner) {
        threads.values().removeIf(beginning -> beginning.isBy(owner));
        others.removeIf(beginning -> beginning.isBy(owner));
    }

    private Stream<Beginning> all() {
        return Stream.concat(threads.values().stream(), others.stream());
    }

    private void forgetGarbage() {
        threads.values()
                .removeIf(beginning ->
                        !(beginning.get() instanceof Thread thread) || thread.getState() == Thread.State.TERMINATED);
        others.removeIf(beginning -> beginning.refersTo(null));
    }

    /** The loop's, or that of the thread itself: whom its executor belongs to, or whoever started it. */
    private @Nullable Object currentOwner() {
        Object running = runningOwner.get();
        Thread current = Thread.currentThread();
        if (running != null || current.isVirtual()) {
            return running;
        }
        if (!Workers.isWorker(current)) {
            Beginning start = of(current);
            return start == null ? null : start.owner();
        }
        return others.stream()
                .filter(beginning -> Workers.worksFor(current, beginning.get()))
                .map(Beginning::owner)
                .findFirst()
                .orElse(null);
    }
}
