package dev.asyncloop.loop;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The callbacks and timers that wait on a loop, by their owners. Loop thread only. */
final class Handles {

    private final EventLoop loop;
    private final ReadyQueue ready;
    private final Timers timers;

    Handles(EventLoop loop, ReadyQueue ready, Timers timers) {
        this.loop = loop;
        this.ready = ready;
        this.timers = timers;
    }

    /** Whether one of them runs in the next turn, ours included. */
    boolean anyReady(Owner owner) {
        return timers.untilNext(loop.nanos()) == 0 || inQueue(owner).findAny().isPresent();
    }

    /** What the user's code gave to the loop and what neither ran nor was cancelled: timers by their time, then callbacks. */
    List<HandleSnapshot> of(Owner owner) {
        if (timers.isEmpty() && !ready.hasMore()) {
            return List.of();
        }
        long now = loop.nanos();
        return users(owner).map(handle -> handle.snapshot(now)).toList();
    }

    /** Cancels those of {@link #of} that {@code which} accepts. */
    void cancel(Owner owner, Predicate<HandleSnapshot> which) {
        long now = loop.nanos();
        users(owner).filter(handle -> which.test(handle.snapshot(now))).toList().forEach(Handle::withdraw);
    }

    private Stream<Handle> users(Owner owner) {
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
