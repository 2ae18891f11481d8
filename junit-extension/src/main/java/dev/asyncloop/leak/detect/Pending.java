package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.loop.snapshot.GeneratorSnapshot;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.loop.snapshot.LoopSnapshot;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counts as left on a loop, as it was at one moment, and which task made which part of it: what a leaked task has
 * made hangs below its leak.
 */
final class Pending {

    private final List<TaskSnapshot> tasks;
    private final List<GeneratorSnapshot> generators;
    private final List<HandleSnapshot> handles;

    /** The commands that run now, by the number of the task in which they do. */
    private final Map<Long, HandleSnapshot> commands = new HashMap<>();

    /** By the number of the leaked task. */
    private final Map<Long, Leak> leaks = new HashMap<>();

    private Pending(List<TaskSnapshot> tasks, List<GeneratorSnapshot> generators, List<HandleSnapshot> handles) {
        this.tasks = tasks;
        this.generators = generators;
        this.handles = handles;
        handles.forEach(handle -> commands.put(handle.run(), handle));
    }

    static Pending of(LoopAccount account) {
        LoopSnapshot snapshot = account.loop().snapshot();
        return new Pending(
                snapshot.tasks().stream()
                        .filter(task -> task.owner() == account.owner() && !task.background())
                        .toList(),
                snapshot.generators().stream()
                        .filter(generator -> generator.owner() == account.owner())
                        .toList(),
                account.handles().stream()
                        .filter(handle -> !handle.ready() && !handle.background())
                        .toList());
    }

    /** Those that are not background tasks, in the order of creation. */
    List<TaskSnapshot> tasks() {
        return tasks;
    }

    List<GeneratorSnapshot> generators() {
        return generators;
    }

    /** Timers and commands that wait, and do not run now. */
    List<HandleSnapshot> waiting() {
        return handles.stream().filter(handle -> handle.run() == 0).toList();
    }

    /** The command that runs in that task, null where none does. */
    @Nullable
    HandleSnapshot commandIn(TaskSnapshot task) {
        return commands.get(task.number());
    }

    /** From now on, what the task has made hangs below that leak. */
    void leaked(TaskSnapshot task, Leak leak) {
        leaks.put(task.number(), leak);
    }

    /** The leak of the task of that number, null where it is none. */
    @Nullable
    Leak leakOf(long task) {
        return leaks.get(task);
    }
}
