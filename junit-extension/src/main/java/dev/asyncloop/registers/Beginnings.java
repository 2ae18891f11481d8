package dev.asyncloop.registers;

import dev.asyncloop.jdk.CleanerThreads;
import dev.asyncloop.jdk.DelayedCommands;
import dev.asyncloop.jdk.HttpClients;
import dev.asyncloop.jdk.LooseThreads;
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
 * The register of what began for an owner and may still be there. Of what nobody owns it keeps only which thread
 * started which.
 *
 * <p>Any thread. {@code Thread.start} calls it, so it never blocks: its collections have no locks.
 */
final class Beginnings {

    /**
     * How many entries to search for a thing that an inner constructor has told of. Other threads may have added some
     * since.
     */
    private static final int LOOK_BACK = 64;

    /** The starts of threads, by the thread's id, which is never used again. */
    private final ConcurrentMap<Long, Beginning> threads = new ConcurrentSkipListMap<>();

    private final Deque<Beginning> others = new ConcurrentLinkedDeque<>();

    /** What has to be ended by hand. */
    private final Deque<Beginning> resources = new ConcurrentLinkedDeque<>();

    /** The resources that only the garbage collector ended, until the account of their owner asks. */
    private final Deque<Beginning> collected = new ConcurrentLinkedDeque<>();

    private final Elders elders = new Elders();
    private final Supplier<? extends @Nullable Owner> runningOwner;

    /** Cleared by the next run of the garbage collector. Then there may be entries to forget. */
    private volatile WeakReference<Object> garbage = new WeakReference<>(new Object());

    /**
     * A register. {@code runningOwner} returns the owner for whom the loop on the current thread runs something now;
     * null without a loop.
     */
    Beginnings(Supplier<? extends @Nullable Owner> runningOwner) {
        this.runningOwner = runningOwner;
    }

    /** A thread is about to start, or something else was made by the current thread. */
    void began(Object thing) {
        if (thing instanceof Thread thread && thread.isVirtual()) {
            beganVirtual(thread);
            return;
        }
        Owner owner = ownerAtWork();
        if (owner == null && !(thing instanceof Thread)) {
            return;
        }
        forgetGarbageAfterCollection();
        if (owner == null) {
            elders.starts((Thread) thing);
        } else if (thing instanceof Thread thread) {
            startsFor(owner, thread);
        } else if (!wasJustTold(thing, others)) {
            others.add(new Beginning(thing, owner));
        }
    }

    /** A virtual thread is about to start. A loop knows those that it runs, which is most of them. */
    private void beganVirtual(Thread thread) {
        if (LooseThreads.isOne(thread)) {
            Owner owner = ownerAtWork();
            if (owner != null) {
                forgetGarbageAfterCollection();
                startsFor(owner, thread);
            }
        }
    }

    /** One that is a job which may go on stays only to say whose it is. */
    private void startsFor(Owner owner, Thread thread) {
        Beginning beginning = new Beginning(thread, owner);
        if (JobOrigins.givesBackground() && (thread.isVirtual() || Workers.ofOneTask(thread) != null)) {
            beginning.settle();
        }
        threads.put(thread.threadId(), beginning);
    }

    /** A resource was made. */
    void made(Object thing) {
        Resource resource = Resource.of(thing);
        Owner owner = resource == null ? null : ownerAtWork();
        if (owner != null && !wasJustTold(thing, resources)) {
            forgetGarbageAfterCollection();
            resources.add(new Beginning(thing, owner, resource));
        }
    }

    /** A resource was closed or removed, perhaps not for the first time. */
    void ended(Object thing) {
        for (Iterator<Beginning> each = resources.iterator(); each.hasNext(); ) {
            Beginning beginning = each.next();
            if (beginning.refersTo(thing)) {
                each.remove();
                if (CleanerThreads.isCurrent()) {
                    collected.add(beginning);
                }
            }
        }
    }

    /** Takes the resources of {@code owner} that only the garbage collector ended, or is about to end. */
    List<Beginning> takeCollected(Owner owner) {
        List<Beginning> taken = new ArrayList<>();
        resources.removeIf(beginning -> beginning.isBy(owner) && isLost(beginning) && taken.add(beginning));
        collected.removeIf(beginning -> beginning.isBy(owner) && taken.add(beginning));
        return taken;
    }

    private static boolean isLost(Beginning beginning) {
        Object thing = beginning.resource() == Resource.HTTP_CLIENT ? beginning.get() : null;
        return thing != null && HttpClients.areLost(thing);
    }

    /** A command is no longer delayed. */
    void handed(Object command) {
        if (!others.isEmpty()) {
            others.removeIf(beginning -> DelayedCommands.isOf(beginning.get(), command));
        }
    }

    /** Whether an inner constructor has told of it. */
    private static boolean wasJustTold(Object thing, Deque<Beginning> told) {
        Iterator<Beginning> newest = told.descendingIterator();
        for (int i = 0; i < LOOK_BACK && newest.hasNext(); i++) {
            if (newest.next().refersTo(thing)) {
                return true;
            }
        }
        return false;
    }

    /** What began for {@code owner} and was not settled. */
    List<Beginning> of(Owner owner) {
        if (threads.isEmpty() && others.isEmpty() && resources.isEmpty()) {
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

    boolean has(Beginning beginning) {
        return threads.containsValue(beginning) || others.contains(beginning) || resources.contains(beginning);
    }

    private List<Collection<Beginning>> all() {
        return List.of(threads.values(), others, resources);
    }

    /** The owners with something that was not settled. */
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

    /** The start of a thread; null if it has no owner. */
    @Nullable
    Beginning of(Thread thread) {
        return threads.get(thread.threadId());
    }

    /** Where an executor was made; null if it belongs to nobody. */
    @Nullable
    Beginning ofExecutor(Object executor) {
        for (Beginning beginning : others) {
            if (beginning.refersTo(executor)) {
                return beginning;
            }
        }
        return null;
    }

    /**
     * Settles what began for {@code owner}, whose account is closed. What may still begin other things stays, to say
     * whose those are.
     */
    void settle(Owner owner) {
        collected.removeIf(beginning -> beginning.isBy(owner));
        for (Collection<Beginning> beginnings : all()) {
            for (Iterator<Beginning> each = beginnings.iterator(); each.hasNext(); ) {
                Beginning beginning = each.next();
                if (beginning.isBy(owner) && beginning.isThere()) {
                    beginning.settle();
                } else if (beginning.isBy(owner)) {
                    each.remove();
                }
            }
        }
    }

    Elders elders() {
        return elders;
    }

    private void forgetGarbageAfterCollection() {
        if (garbage.refersTo(null)) {
            garbage = new WeakReference<>(new Object());
            forgetGarbage();
        }
    }

    private void forgetGarbage() {
        threads.values()
                .removeIf(beginning ->
                        !(beginning.get() instanceof Thread thread) || thread.getState() == Thread.State.TERMINATED);
        others.removeIf(beginning -> beginning.refersTo(null));
        resources.removeIf(beginning -> beginning.refersTo(null) && isLostWith(beginning));
        elders.forgetGarbage();
    }

    /** Whether there is nothing left of a resource whose object is gone. The memory of an arena stays. */
    private static boolean isLostWith(Beginning beginning) {
        return beginning.resource() != Resource.SHARED_ARENA || beginning.isSettled();
    }

    /** The owner that the current thread works for; null if it works for nobody known. */
    @Nullable
    Owner ownerAtWork() {
        return orOfThread(runningOwner.get());
    }

    /**
     * Who is charged with what the current thread makes: {@code running} if there is one, or else the thread's owner.
     */
    @Nullable
    Owner orOfThread(@Nullable Owner running) {
        Beginning own = running == null ? ofCurrentThread() : null;
        return own == null ? running : own.owner();
    }

    /**
     * The beginning of the executor that the current thread works for, or else of the thread itself. A thread that an
     * executor started for one task is its giver's. Null if that belongs to nobody, or a loop runs the thread.
     */
    @Nullable
    Beginning ofCurrentThread() {
        Thread current = Thread.currentThread();
        if (current.isVirtual() && !LooseThreads.isOne(current)) {
            return null;
        }
        if (!Workers.isWorker(current)) {
            return of(current);
        }
        Beginning ofExecutor = ofExecutorOf(current);
        Beginning ofTask = Workers.ofOneTask(current) == null ? null : of(current);
        return ofTask == null || ofExecutor != null && ofExecutor.isKept() ? ofExecutor : ofTask;
    }

    private @Nullable Beginning ofExecutorOf(Thread worker) {
        for (Beginning beginning : others) {
            if (Workers.worksFor(worker, beginning.get())) {
                return beginning;
            }
        }
        return null;
    }
}
