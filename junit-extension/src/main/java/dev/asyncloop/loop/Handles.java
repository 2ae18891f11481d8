package dev.asyncloop.loop;

import dev.asyncloop.origin.Owner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The callbacks and timers that wait on a loop, by their owners. Loop thread only, where it does not say otherwise. */
final class Handles {

    private final EventLoop loop;
    private final ReadyQueue ready;
    private final Timers timers;

    /** The periodic commands of all views, which have a timer only between their runs. Any thread. */
    private final Set<LoopCommand<?>> periodic = ConcurrentHashMap.newKeySet();

    Handles(EventLoop loop, ReadyQueue ready, Timers timers) {
        this.loop = loop;
        this.ready = ready;
        this.timers = timers;
    }

    /** Any thread. */
    void add(LoopCommand<?> command) {
        if (command.isPeriodic()) {
            periodic.add(command);
        }
    }

    /** Any thread. */
    void remove(LoopCommand<?> command) {
        if (command.isPeriodic()) {
            periodic.remove(command);
        }
    }

    /** Whether one of them runs in the next turn, ours included. */
    boolean anyReady(Owner owner) {
        return !timers.isEmpty() && timers.untilNext(loop.nanos()) == 0
                || ready.hasMore() && inQueue(owner).findAny().isPresent();
    }

    /** What the user's code gave to the loop and what neither ran nor was cancelled: periodic commands, timers, callbacks. */
    List<HandleSnapshot> of(Owner owner) {
        if (timers.isEmpty() && periodic.isEmpty() && !ready.hasMore()) {
            return List.of();
        }
        long now = loop.nanos();
        return Stream.concat(
                        commands(owner).map(command -> command.snapshot(now)),
                        handles(owner).map(handle -> handle.snapshot(now)))
                .toList();
    }

    /** Cancels those of {@link #of} that {@code which} accepts. */
    void cancel(Owner owner, Predicate<HandleSnapshot> which) {
        long now = loop.nanos();
        commands(owner).filter(command -> which.test(command.snapshot(now))).forEach(command -> command.cancel(null));
        handles(owner)
                .filter(handle -> which.test(handle.snapshot(now)))
                .toList()
                .forEach(Handle::withdraw);
    }

    private Stream<LoopCommand<?>> commands(Owner owner) {
        return periodic.stream().filter(command -> command.owner() == owner).sorted();
    }

    private Stream<Handle> handles(Owner owner) {
        Stream<? extends Handle> waiting = timers.inOrder().filter(timer -> isOf(owner, timer));
        return Stream.<Handle>concat(waiting, inQueue(owner)).filter(Handle::isUsers);
    }

    private Stream<Handle> inQueue(Owner owner) {
        return ready.steps()
                .filter(Handle.class::isInstance)
                .map(Handle.class::cast)
                .filter(handle -> isOf(owner, handle));
    }

    private static boolean isOf(Owner owner, Handle handle) {
        return !handle.isCancelled() && handle.owner() == owner;
    }
}
