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
 * What counts as left on a loop, as it was at one moment, and which task made what. The leak of something that a leaked
 * task made hangs below the leak of the task.
 */
final class Pending {

    private final List<TaskSnapshot> tasks;
    private final List<GeneratorSnapshot> generators;
    private final List<HandleSnapshot> handles;

    /** The commands that run now, by the number of the task that runs them. */
    private final Map<Long, HandleSnapshot> commands = new HashMap<>();

    /** The leaks of tasks, by the number of the task. */
    private final Map<Long, Leak> leaks = new HashMap<>();

    private @Nullable Leak ofLoop;

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

    /** The pending tasks in the order of their creation, without background tasks. */
    List<TaskSnapshot> tasks() {
        return tasks;
    }

    List<GeneratorSnapshot> generators() {
        return generators;
    }

    /** The timers and commands that wait, without commands that run now. */
    List<HandleSnapshot> waiting() {
        return handles.stream().filter(handle -> handle.run() == 0).toList();
    }

    /** The command that the task runs, null if it runs none. */
    @Nullable
    HandleSnapshot commandIn(TaskSnapshot task) {
        return commands.get(task.number());
    }

    /** Notes the leak of a task: what the task made hangs below it from now on. */
    void leaked(TaskSnapshot task, Leak leak) {
        leaks.put(task.number(), leak);
    }

    /** Notes the leak of the loop itself: what no leaked task made hangs below it. */
    void loopLeaked(Leak leak) {
        ofLoop = leak;
    }

    /** The leak of the task with that number, or else that of the loop; null if there is neither. */
    @Nullable
    Leak leakOf(long task) {
        return leaks.getOrDefault(task, ofLoop);
    }
}
