package dev.asyncloop.registers;

import dev.asyncloop.jdk.DelayedCommands;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.origin.Owner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Register of what was begun for an owner and may still be there. What nobody owns costs a look and is not kept.
 *
 * <p>Any thread. Called from within {@code Thread.start}, this never blocks; the collections are those that have no
 * locks.
 */
final class Beginnings {

    /** How many things others may make between two constructors of one. */
    private static final int LOOK_BACK = 64;

    /** By the thread's number, which is never used again. */
    private final ConcurrentMap<Long, Beginning> threads = new ConcurrentSkipListMap<>();

    private final Deque<Beginning> others = new ConcurrentLinkedDeque<>();
    private final Supplier<? extends @Nullable Owner> runningOwner;

    /** Cleared by the next run of the garbage collector, after which there may be something to forget. */
    private volatile WeakReference<Object> garbage = new WeakReference<>(new Object());

    /**
     * {@code runningOwner} says for whom the loop on the current thread runs something now; null where there is no
     * loop.
     */
    Beginnings(Supplier<? extends @Nullable Owner> runningOwner) {
        this.runningOwner = runningOwner;
    }

    /** A platform thread is about to start, or something else was made by the current thread. */
    void began(Object thing) {
        Owner owner = currentOwner();
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

    /** A command is no longer delayed. */
    void handed(Object command) {
        if (!others.isEmpty()) {
            others.removeIf(beginning -> DelayedCommands.isOf(beginning.get(), command));
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

    /** What began for {@code owner} since its account was last settled, and was not collected. */
    List<Beginning> of(Owner owner) {
        if (threads.isEmpty() && others.isEmpty()) {
            return List.of();
        }
        List<Beginning> left = new ArrayList<>();
        for (Collection<Beginning> beginnings : all()) {
            for (Beginning beginning : beginnings) {
                if (beginning.isBy(owner) && !beginning.isSettled()) {
                    left.add(beginning);
                }
            }
        }
        return left;
    }

    private List<Collection<Beginning>> all() {
        return List.of(threads.values(), others);
    }

    /** The owners for whose accounts there is something. */
    Set<Owner> owners() {
        Set<Owner> owners = new HashSet<>();
        for (Collection<Beginning> beginnings : all()) {
            for (Beginning beginning : beginnings) {
                if (!beginning.isSettled()) {
                    owners.add(beginning.by());
                }
            }
        }
        return owners;
    }

    /** The start of a thread, null where it has no owner. */
    @Nullable
    Beginning of(Thread thread) {
        return threads.get(thread.threadId());
    }

    /** The account of {@code owner} is closed. What may still make more stays, to say whose that is. */
    void settle(Owner owner) {
        for (Collection<Beginning> beginnings : all()) {
            for (Iterator<Beginning> each = beginnings.iterator(); each.hasNext(); ) {
                Beginning beginning = each.next();
                if (beginning.isBy(owner) && beginning.isAtWork()) {
                    beginning.settle();
                } else if (beginning.isBy(owner)) {
                    each.remove();
                }
            }
        }
    }

    private void forgetGarbage() {
        threads.values()
                .removeIf(beginning ->
                        !(beginning.get() instanceof Thread thread) || thread.getState() == Thread.State.TERMINATED);
        others.removeIf(beginning -> beginning.refersTo(null));
    }

    /** The loop's, or that of the thread itself. */
    private @Nullable Owner currentOwner() {
        Owner running = runningOwner.get();
        Beginning own = running == null ? ofCurrentThread() : null;
        return own == null ? running : own.owner();
    }

    /**
     * The beginning of what the current thread works for: of its executor, or of the thread itself. Null where that is
     * nobody's, or the thread is on a loop.
     */
    @Nullable
    Beginning ofCurrentThread() {
        Thread current = Thread.currentThread();
        if (current.isVirtual()) {
            return null;
        }
        if (!Workers.isWorker(current)) {
            return of(current);
        }
        for (Beginning beginning : others) {
            if (Workers.worksFor(current, beginning.get())) {
                return beginning;
            }
        }
        return null;
    }
}
