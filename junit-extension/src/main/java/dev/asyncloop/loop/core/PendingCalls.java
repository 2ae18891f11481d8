package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The callbacks and timers that wait on a loop, by owner. Loop thread only, where a method does not say otherwise. */
public final class PendingCalls {

    private final LoopCore core;
    private final ReadyQueue ready;
    private final Timers timers;

    /**
     * The periodic commands of all views. They are kept here since they have a timer only between their runs. Any
     * thread.
     */
    private final Set<Command> periodic = ConcurrentHashMap.newKeySet();

    PendingCalls(LoopCore core, ReadyQueue ready, Timers timers) {
        this.core = core;
        this.ready = ready;
        this.timers = timers;
    }

    /** A command was given to a view. Any thread. */
    public void add(Command command) {
        if (command.isPeriodic()) {
            periodic.add(command);
        }
    }

    /** A command ended. Any thread. */
    public void remove(Command command) {
        if (command.isPeriodic()) {
            periodic.remove(command);
        }
    }

    /** Whether a callback of {@code owner} or any timer runs in the next turn. Callbacks of ours count. */
    public boolean anyReady(Owner owner) {
        return !timers.isEmpty() && timers.untilNext(core.nanos()) == 0
                || ready.hasMore() && inQueue(owner).findAny().isPresent();
    }

    /**
     * What the code of {@code owner} gave to the loop, and what is neither over nor cancelled: first periodic commands,
     * then timers, then callbacks.
     */
    public List<PendingCall> of(Owner owner) {
        if (timers.isEmpty() && periodic.isEmpty() && !ready.hasMore()) {
            return List.of();
        }
        long now = core.nanos();
        return Stream.concat(
                        commands(owner).map(command -> command.pending(now)),
                        callbacks(owner).map(call -> call.pending(now)))
                .toList();
    }

    /** Cancels those of {@link #of} that {@code which} accepts. */
    public void cancel(Owner owner, Predicate<PendingCall> which) {
        long now = core.nanos();
        commands(owner).filter(command -> which.test(command.pending(now))).forEach(command -> command.withdraw());
        callbacks(owner).filter(call -> which.test(call.pending(now))).toList().forEach(Callback::withdraw);
    }

    private Stream<Command> commands(Owner owner) {
        return periodic.stream().filter(command -> command.owner() == owner).sorted(Command::compareWith);
    }

    private Stream<Callback> callbacks(Owner owner) {
        Stream<? extends Callback> waiting = timers.inOrder().filter(timer -> isOf(owner, timer));
        return Stream.<Callback>concat(waiting, inQueue(owner)).filter(Callback::isUsers);
    }

    private Stream<Callback> inQueue(Owner owner) {
        return ready.steps()
                .filter(Callback.class::isInstance)
                .map(Callback.class::cast)
                .filter(call -> isOf(owner, call));
    }

    private static boolean isOf(Owner owner, Callback call) {
        return !call.isCancelled() && call.owner() == owner;
    }
}
